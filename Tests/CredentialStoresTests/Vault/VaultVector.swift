import CredentialStores
import Secrets
import SystemPackage
import TestSupport
import Testing

/// A vault in the tree that must open for ever, and what is in it. `Vectors/README.md` says the same to people.
struct VaultVector: Sendable, CustomTestStringConvertible {
    let name: String
    let fingerprint: String
    private let key: @Sendable () throws(StoreError) -> VaultKey

    static let all = [
        VaultVector(
            name: "key-file.vault", fingerprint: "3f3bcdd93a0d7b1d0ed4aa7f95dc66161fc9cec16f1381c18cec33aaf6279b8e"
        ) { () throws(StoreError) in
            VaultKey(.keyFile("key-file.key"), Secret(copying: (0..<32).map { UInt8($0) }))
        },
        VaultVector(
            name: "passphrase.vault", fingerprint: "f294b94e405b44d6898b5d71051d8f8aa18fe866ae1365d458d164c6f1cbb5b5"
        ) { () throws(StoreError) in
            VaultKey(.passphrase, Secret(copying: "opens for ever".utf8))
        },
    ]

    var testDescription: String { name }

    struct Entry: Hashable, Sendable {
        let server: String
        let name: String
        let value: [UInt8]
        let origins: [String]
    }

    /// In the order of a listing.
    static let entries = [
        Entry(server: "default", name: "BYTES", value: Array(0...255), origins: ["http://localhost:8080"]),
        Entry(server: "default", name: "EMPTY", value: [], origins: ["http://localhost:8080"]),
        Entry(
            server: "default", name: "QBIT_PASSWORD", value: Array("schön & 🗝".utf8),
            origins: ["http://localhost:8080", "https://nas.example:443/qbt"]
        ),
        Entry(
            server: "default", name: "QBIT_USERNAME", value: Array("admin".utf8), origins: ["http://localhost:8080"]
        ),
        Entry(
            server: "nas", name: "TRACKER", value: Array("long ".utf8) + [UInt8](repeating: 0x6c, count: 3000),
            origins: ["https://[2001:db8::1]:8443"]
        ),
    ]

    /// The vault as a host sees it that never saw it before, copied to where it may be changed.
    func store(in scratch: borrowing Scratch) throws -> VaultStore {
        let file = FilePath(#filePath).removingLastComponent().appending("Vectors").appending(name)
        try Files.write(try Files.bytes(file), to: scratch.vault)
        let key = key
        return VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in try key() }
    }
}
