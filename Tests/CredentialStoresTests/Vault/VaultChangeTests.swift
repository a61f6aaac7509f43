import Secrets
import TestSupport
import Testing

@testable import CredentialStores

/// What changes make of the parts of an entry, several of them in one write.
@Suite struct VaultChangeTests {
    private let seed = PublicBytes.random(count: 32)
    private let author = VaultAuthor(writer: String(repeating: "ab", count: 16), name: "here", now: 5)
    private let origin = "http://localhost:8080"

    @Test func aNewValueLeavesTheOtherPartsAlone() throws {
        let next = try changed([
            .put(part(.password, .current), value: 0..<1), .put(part(.password, .abandoned), value: 1..<2),
            .set(.password, value: 2..<3, origins: [origin]),
        ])
        #expect(next.map(\.entry.role) == [.current, .abandoned])
        #expect(next.map(\.value) == ["c", "b"])
        #expect(next.map(\.entry.created) == [1, 1])
        #expect(next.map(\.entry.changed) == [5, 1])
    }

    @Test func theLastOfSeveralChangesCounts() throws {
        let next = try changed([
            .set(.password, value: 0..<1, origins: [origin]), .remove(.password),
            .set(.password, value: 1..<2, origins: [origin]), .set(.password, value: 2..<3, origins: [origin]),
        ])
        #expect(next.map(\.value) == ["c"])
        #expect(next.map(\.entry.created) == [5])
    }

    @Test func anEntryIsBoundAndRemovedWithAllItsParts() throws {
        let parts: [VaultChange] = [
            .put(part(.password, .current), value: 0..<1), .put(part(.password, .previous), value: 1..<2),
            .put(part(.username, .current), value: 2..<3),
        ]
        let bound = try changed(parts + [.bind(.password, origins: [origin])])
        #expect(bound.map(\.entry.origins) == [[origin], [origin], []])
        #expect(bound.map(\.value) == ["a", "b", "c"])
        #expect(try changed(parts + [.remove(.password)]).map(\.value) == ["c"])
    }

    /// What an empty vault holds after `changes`. New values are parts of `abc`.
    private func changed(_ changes: [VaultChange]) throws -> [(entry: VaultEntry, value: String)] {
        let identity = SigningKey(seed: Secret(copying: seed)).publicKey
        let empty = try VaultPayload.read(
            VaultPayload.empty(identitySeed: Secret(copying: seed), author: author), identity: identity)
        switch empty.changed(by: changes, values: Secret(copying: "abc".utf8), author: author) {
        case let next?:
            let payload = try VaultPayload.read(next, identity: identity)
            let bytes = payload.secret.bytes
            return payload.items.map { ($0.entry, String(decoding: bytes[$0.value], as: UTF8.self)) }
        case nil: throw VaultFault.damaged(.size)
        }
    }

    private func part(_ key: CredentialKey, _ role: VaultEntry.Role) -> VaultEntry {
        VaultEntry(
            key: key, role: role, created: 1, changed: 1, changedBy: author.writer, origins: [], attributes: [:])
    }
}
