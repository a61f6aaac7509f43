import Secrets
package import SecureFiles
package import SystemPackage

/// A file of 32 random bytes that opens a vault without anybody there.
package enum KeyFile {
    /// Reads a key file; one that others could read, write or replace is refused.
    ///
    /// - Parameter rule: `.supplied` for one that systemd or a container gives, which is refused only if others can
    ///   write to it.
    package static func read(_ path: FilePath, rule: FileRule = .strict) throws(StoreError) -> VaultKey {
        let place = Place(.key, path.string)
        if rule == .strict {
            do { try Folder.check(path.removingLastComponent()) } catch {
                throw StoreError(reading: error, at: Place(.key, error.path.string))
            }
        }
        let secret: Secret
        do { secret = try FileReading.secret(at: path, rule: rule, limit: VaultKey.keyFileCount) } catch {
            throw StoreError(reading: error, at: place)
        }
        return try VaultKey(keyFile: path, secret, from: place)
    }

    /// Makes a key file (0600, its folder 0700) where there is none.
    package static func make(_ path: FilePath) throws(FileError) {
        try Folder.makePrivate(path.removingLastComponent())
        let file = try StagedFile(for: path, mode: [.ownerReadWrite])
        try Secret.random(count: VaultKey.keyFileCount).withBytes { (bytes) throws(FileError) in try file.write(bytes) }
        try file.commit(replacing: false)
    }
}

extension VaultKey {
    /// The key that is in a key file, or comes as one would.
    init(keyFile path: FilePath, _ secret: consuming Secret, from place: Place) throws(StoreError) {
        guard secret.count == Self.keyFileCount else { throw StoreError(.failed(.notAKeyFile), at: place) }
        self.init(.keyFile(path), secret, from: place)
    }

    /// A passphrase as a file, a pipe or a program gives it: one newline at its end (LF or CRLF) does not belong to it.
    init(passphrase text: consuming Secret, from place: Place) throws(StoreError) {
        let passphrase = text.withoutTrailingNewline()
        if passphrase.isEmpty { throw StoreError(.failed(.empty), at: place) }
        self.init(.passphrase, passphrase, from: place)
    }
}
