import CredentialStores
import Secrets
import TestSupport
import Testing

/// Files of format 1 that were written once: no later program may fail to open them.
@Suite struct VaultVectorTests {
    @Test(arguments: VaultVector.all) func itOpens(_ vector: VaultVector) throws {
        let scratch = try Scratch()
        let store = try vector.store(in: scratch)
        #expect(try store.status().fingerprint == vector.fingerprint)
        #expect(try store.status().generation == 7)
        #expect(try entries(of: store) == VaultVector.entries)
    }

    @Test(arguments: VaultVector.all) func itIsWrittenOn(_ vector: VaultVector) throws {
        let scratch = try Scratch()
        let store = try vector.store(in: scratch)
        let name = try #require(CredentialName("ZZZ"))
        try store.write(Secret.madeUp(), for: CredentialKey(server: "nas", name: name), boundTo: "http://nas:80")
        #expect(try entries(of: store).dropLast() == VaultVector.entries[...])
        #expect(try store.status().fingerprint == vector.fingerprint)
        #expect(try store.status().generation == 8)
    }

    private func entries(of store: VaultStore) throws -> [VaultVector.Entry] {
        try store.list().map { record in
            let value: [UInt8]
            switch try store.read(record.key) {
            case let stored?: value = stored.value.bytes
            case nil: value = try #require(nil, "\(record.key) is listed and not there")
            }
            return VaultVector.Entry(
                server: record.key.server, name: "\(record.key.name)", value: value, origins: record.origins
            )
        }
    }
}
