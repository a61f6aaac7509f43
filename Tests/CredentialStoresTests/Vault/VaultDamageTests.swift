import CredentialStores
import Secrets
import SystemPackage
import TestSupport
import Testing

/// Whatever happens to the bytes: never a crash, never a value, always a reason.
@Suite struct VaultDamageTests {
    @Test func everyFlippedByteIsNoticed() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.random(count: 8), for: .password, boundTo: "http://localhost:8080")
        let good = try Files.bytes(scratch.vault)
        for position in good.indices {
            var bad = good
            bad[position] ^= 1 << UInt8(position % 8)
            try Files.write(bad, to: scratch.vault)
            #expect(throws: StoreError.self, "byte \(position)") { try scratch.store().list() }
        }
        try Files.write(good, to: scratch.vault)
        #expect(try scratch.store().list().count == 1)
    }

    @Test func everyTruncationIsNoticed() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let good = try Files.bytes(scratch.vault)
        for count in 0..<good.count {
            try Files.write(Array(good.prefix(count)), to: scratch.vault)
            #expect(throws: StoreError.self, "\(count) bytes") { try scratch.store().list() }
        }
        try Files.write(good + [0], to: scratch.vault)
        #expect(throws: StoreError.self) { try scratch.store().list() }
    }
}
