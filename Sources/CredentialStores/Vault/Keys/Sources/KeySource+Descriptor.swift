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
            secret = try FileReading.suppliedSecret(from: descriptor, named: FilePath(name), limit: limit)
        } catch { throw StoreError(reading: error, at: place) }
        switch content {
        case .key: return try VaultKey(keyFile: FilePath(name), secret, from: place)
        case .passphrase: return try VaultKey(passphrase: secret, from: place)
        }
    }
}
