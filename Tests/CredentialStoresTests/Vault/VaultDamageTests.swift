import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Whatever happens to the bytes: never a crash, never a value, always a reason, and before anybody is asked for a key.
@Suite struct VaultDamageTests {
    @Test(arguments: [1, 0x80, 0xff] as [UInt8]) func everyFlippedByteIsNoticed(flip: UInt8) throws {
        let vault = try DamagedVault()
        for position in vault.good.indices {
            var bad = vault.good
            bad[position] ^= flip
            #expect(throws: VaultFault.self, "byte \(position)") { try VaultFile(bad) }
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let vault = try DamagedVault()
        for count in 0..<vault.good.count {
            #expect(throws: VaultFault.damaged(.truncated), "\(count) bytes") {
                try VaultFile(Array(vault.good.prefix(count)))
            }
        }
        #expect(throws: VaultFault.damaged(.trailing)) { try VaultFile(vault.good + [0]) }
    }

    /// The same through the store, for each field: as a host sees it that knows the vault, and as one that does not.
    @Test(arguments: [true, false]) func theStoreSaysWhatIsWrong(isPinned: Bool) throws {
        let vault = try DamagedVault()
        if isPinned { try vault.opens() }
        for position in stride(from: 0, to: vault.good.count, by: 13) {
            var bad = vault.good
            bad[position] ^= 1 << UInt8(position % 8)
            let code = try vault.refusal(of: bad, "byte \(position)")
            #expect(code?.reason != nil, "byte \(position)")
            let cut = try vault.refusal(of: Array(vault.good.prefix(position)), "\(position) bytes")
            #expect(cut == .damaged(.truncated), "\(position) bytes")
        }
        #expect(try vault.refusal(of: vault.good + [0], "one byte more") == .damaged(.trailing))
        try vault.opens()
    }

    /// Behind the signature only the identity's holder writes. The parsers bear anything all the same.
    @Test func noByteOfAPayloadBringsTheParserDown() throws {
        let vault = try DamagedVault().openVault()
        let identity = vault.file.header.identity
        let good = vault.payload.secret.bytes
        let content = try #require(good.lastIndex(of: 0x80))
        var sound = 0
        for position in 0..<content {
            for flip in [1, 0x80, 0xff] as [UInt8] {
                var bad = good
                bad[position] ^= flip
                if read(bad, identity) { sound += 1 }
            }
            #expect(!read(padded(good[..<position]), identity), "\(position) bytes")
        }
        #expect(sound > 0, "a changed value is another value")
        #expect(sound < content * 3)
    }

    @Test func noByteOfAHeaderBringsTheParserDown() throws {
        let good = try DamagedVault().openVault().file.header.encoded
        let body = VaultFrame.fixedCount..<good.count
        var sound = 0
        for position in body {
            for flip in [1, 0x80, 0xff] as [UInt8] {
                var bad = good
                bad[position] ^= flip
                if (try? VaultHeader(bad.span, at: body)) != nil { sound += 1 }
            }
            #expect(throws: VaultFault.damaged(.truncated), "\(position) bytes") {
                try VaultHeader(good.span, at: body.lowerBound..<position)
            }
        }
        #expect(sound > 0, "another random id is as good as this one")
        #expect(sound < body.count * 3)
    }

    private func padded(_ content: ArraySlice<UInt8>) -> [UInt8] {
        content + [0x80] + [UInt8](repeating: 0, count: Padding.paddedCount(content.count) - content.count - 1)
    }

    /// Whether a payload is sound. One that is can be listed whole.
    private func read(_ bytes: [UInt8], _ identity: [UInt8]) -> Bool {
        do {
            let payload = try VaultPayload.read(Secret(copying: bytes), identity: identity)
            for item in payload.items where payload.find(item.entry.key, role: item.entry.role) != item {
                Issue.record("\(item) is listed and not found")
            }
            return !payload.writers.isEmpty
        } catch { return false }
    }
}

/// A vault in the tree, put where it may be harmed.
private final class DamagedVault {
    let good: [UInt8]
    private let scratch: Scratch
    private let vector: VectorTable.Vector

    init() throws {
        scratch = try Scratch()
        vector = try #require(VectorTable.all.vectors.first { $0.file == "good/base.vault" })
        good = try Files.bytes(VectorTable.folder.appending(vector.file))
        try Files.write(good, to: scratch.vault)
    }

    func opens() throws { #expect(try openVault().payload.items.count == 2) }

    func openVault() throws -> OpenVault {
        let key = try VectorTable.all.key(of: vector)
        return try VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in key.copy() }.current()
    }

    /// What a store says of `bytes` in the vault's place, before it asks anybody for a key.
    func refusal(of bytes: [UInt8], _ what: String) throws -> StoreError.Code? {
        try Files.write(bytes, to: scratch.vault)
        defer { try? Files.write(good, to: scratch.vault) }
        let store = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            Issue.record("a key was asked for: \(what)")
            throw StoreError(.noKey, at: Place(.key))
        }
        do throws(StoreError) { _ = try store.read(.password) } catch { return error.code }
        Issue.record("it was read: \(what)")
        return nil
    }
}
