import Secrets
import SecureFiles
import SystemPackage

extension KeySource {
    /// Reads a descriptor to its end and closes it.
    static func read(
        _ descriptor: FileDescriptor, _ content: Content, _ name: String
    ) throws(StoreError) -> VaultKey {
        defer { try? descriptor.close() }
        let place = Place(.option, name)
        let limit = content == .key ? VaultKey.keyFileCount : StoreError.supplyLimit
        let secret: Secret
        do throws(FileError) {
            try refuseOpenFile(descriptor, FilePath(name))
            secret = try FileReading.secret(from: descriptor, named: FilePath(name), limit: limit)
        } catch { throw StoreError(reading: error, at: place) }
        switch content {
        case .key: return try VaultKey(keyFile: FilePath(name), secret, from: place)
        case .passphrase: return try VaultKey(passphrase: secret, from: place)
        }
    }

    /// The rule for what somebody else supplies: a file that others can write to is refused. A pipe has no name.
    private static func refuseOpenFile(_ descriptor: FileDescriptor, _ name: FilePath) throws(FileError) {
        let found: Stat
        do { found = try descriptor.stat() } catch { throw FileError(.failed(.open, error), at: name) }
        let mode = UInt16(found.permissions.rawValue & 0o777)
        if found.type == .regular, mode & 0o022 != 0 { throw FileError(.unsafe(.writable(mode)), at: name) }
    }
}
