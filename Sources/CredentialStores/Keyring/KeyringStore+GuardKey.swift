#if Keyring
package import Secrets
import SecureFiles
package import SystemPackage

extension KeyringStore {
    /// A key, kept in the keyring as an item of its own, that fingerprints of credentials are made with; it is made when
    /// there is none. Nobody is asked for its sake.
    ///
    /// - Parameter lock: held while one is made, so that processes that start together agree.
    package func guardKey(lock: FilePath) throws -> Secret {
        if let key = try knownGuardKey() { return key }
        try Folder.makePrivate(lock.removingLastComponent())
        let held = try FileLock(lock, holder: "the maker of a key", patience: .seconds(10))
        defer { extendLifetime(held) }
        if let key = try knownGuardKey() { return key }
        let key = Secret.randomText(count: Self.guardKeyCount)
        try unattended.write(key, for: .guardKey, origins: [])
        return key
    }

    private func knownGuardKey() throws -> Secret? {
        guard let value = try unattended.read(.guardKey)?.takeValue() else { return nil }
        guard value.count == Self.guardKeyCount else { throw StoreError(.failed(.notText), at: place) }
        return value
    }

    private static let guardKeyCount = 64
}

extension CredentialKey {
    /// No credential can have this name, so nobody asks for the item, and it is not listed.
    fileprivate static let guardKey = CredentialKey(server: "all", name: .guardKey)
}

extension Secret {
    /// Random letters: a keyring may keep nothing but text.
    fileprivate static func randomText(count: Int) -> Secret {
        Secret.random(count: count).withBytes { bytes in
            Secret(capacity: count) { out in
                for index in bytes.indices { out.append(UInt8(ascii: "a") + bytes[index] % 16) }
            }
        }
    }
}
#endif
