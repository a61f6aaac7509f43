import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Many entries, and more than a vault may hold.
@Suite struct LargeVaultTests {
    private let origin = "http://localhost:8080"

    @Test func tenThousandEntriesOfAKilobyteWork() throws {
        let scratch = try Scratch()
        try KeyFile.make(scratch.key)
        let forge = Forge()
        let slot = try forge.slot("mine", .keyFile, try KeyFile.read(scratch.key))
        let keys = try (0..<10_000).map { CredentialKey(server: "nas", name: try #require(CredentialName("N\($0)"))) }
        let entries = keys.map { (key: $0, value: value(of: $0)) }
        try Files.write(forge.file([slot], entries: entries), to: scratch.vault)

        let store = scratch.store()
        #expect(try store.list().map(\.key) == keys.sorted())
        for key in [keys[0], keys[4321], keys[9999]] { try check(value(of: key), key, in: store) }
        let new = CredentialKey(server: "nas", name: try #require(CredentialName("N5")))
        let secret = Secret.random(count: 1024)
        try store.write(secret, for: new, boundTo: origin)
        #expect(try store.delete(keys[6]))

        let later = scratch.store()
        #expect(try later.list().count == 9_999)
        try check(secret.bytes, new, in: later)
        try check(value(of: keys[9999]), keys[9999], in: later)
        try check(nil, keys[6], in: later)
    }

    private func check(_ value: [UInt8]?, _ key: CredentialKey, in store: VaultStore) throws {
        switch try store.read(key) {
        case let stored?: #expect(stored.value.bytes == value, "\(key)")
        case nil: #expect(value == nil, "\(key)")
        }
    }

    private func value(of key: CredentialKey) -> [UInt8] {
        let name = Array("\(key.name)".utf8)
        return name + [UInt8](repeating: name[name.count - 1], count: 1024 - name.count)
    }

    @Test func whatIsTooLargeIsRefusedBeforeAnythingIsWritten() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let password = Secret.madeUp()
        try store.write(password, for: .password, boundTo: origin)
        let before = try Files.snapshot(scratch.folder)
        #expect(throws: StoreError(.full, at: store.place)) {
            try store.write(Secret(copying: [UInt8](repeating: 7, count: 16 << 20)), for: .username, boundTo: origin)
        }
        #expect(try Files.snapshot(scratch.folder) == before)
        try check(password.bytes, .password, in: scratch.store())
    }

    /// The largest that fits, and one byte more.
    @Test func theLastByteThatFitsIsKept() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret(copying: []), for: .password, boundTo: origin)
        let vault = try store.reload()
        let used = Padding.contentCount(of: vault.payload.secret)
        let most = VaultFile.largestPayload - 1 - (try #require(used))
        try store.write(Secret(copying: [UInt8](repeating: 7, count: most)), for: .password, boundTo: origin)
        #expect(try Files.bytes(scratch.vault).count <= VaultFile.largest)
        #expect(try scratch.store().current().payload.items.first?.value.count == most)
        #expect(throws: StoreError(.full, at: store.place)) {
            try store.write(Secret(copying: [UInt8](repeating: 7, count: most + 1)), for: .password, boundTo: origin)
        }
    }
}
