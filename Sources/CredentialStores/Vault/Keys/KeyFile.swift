import Secrets
package import SecureFiles
package import SystemPackage

/// A file of 32 random bytes that opens a vault without anybody there.
package enum KeyFile {
    /// Reads a key file; one that others could read, write or replace is refused.
    package static func read(_ path: FilePath) throws(StoreError) -> VaultKey {
        let place = Place(.key, path.string)
        do { try Folder.check(path.removingLastComponent()) } catch {
            throw StoreError(reading: error, at: Place(.key, error.path.string))
        }
        let secret: Secret
        do { secret = try FileReading.secret(at: path, rule: .strict, limit: VaultKey.keyFileCount) } catch {
            throw StoreError(reading: error, at: place)
        }
        guard secret.count == VaultKey.keyFileCount else { throw StoreError(.failed(.notAKeyFile), at: place) }
        return VaultKey(.keyFile(path), secret)
    }

    /// Makes a key file (0600, its folder 0700) where there is none.
    package static func make(_ path: FilePath) throws(FileError) {
        try Folder.makePrivate(path.removingLastComponent())
        let file = try StagedFile(for: path, mode: [.ownerReadWrite])
        try Secret.random(count: VaultKey.keyFileCount).withBytes { (bytes) throws(FileError) in try file.write(bytes) }
        try file.commit(replacing: false)
    }
}
