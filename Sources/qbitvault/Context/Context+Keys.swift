import CredentialStores
import Secrets
import SecureFiles
import SystemPackage

extension Context {
    /// Where a vault's key is looked for, in this order: `QBITVAULT_KEY_FILE`, `QBITVAULT_PASSPHRASE_FILE`, the
    /// configured key file, the one recorded when the vault was made, the one in the state folder, a person.
    func vaultKeys() throws -> VaultKeyProvider {
        let named = settings.credentials.keyFile
        let passphrase = world.environment("QBITVAULT_PASSPHRASE_FILE").map { FilePath($0) }
        let recorded = try StoreRecord.read(in: world.folders)?.keyFile.map { FilePath($0) }
        let usual = try usualKeyFile()
        let isNamedByEnvironment = world.environment("QBITVAULT_KEY_FILE")?.isEmpty == false
        let prompt = world.prompt
        let place = Place(.vault, try vaultPath().string)
        return { kinds throws(StoreError) in
            if let named, isNamedByEnvironment { return try KeyFile.read(named) }
            if let passphrase { return try Self.passphrase(at: passphrase) }
            if let named { return try KeyFile.read(named) }
            if let recorded, kinds.contains(.keyFile) { return try KeyFile.read(recorded) }
            if (try? usual.stat()) != nil, kinds.contains(.keyFile) { return try KeyFile.read(usual) }
            guard kinds.contains(where: \.isPassphrase), prompt.isAllowed else { throw StoreError(.noKey, at: place) }
            do { return VaultKey(.passphrase, try prompt.askSecret("Passphrase of the vault")) } catch {
                throw StoreError(.noKey, at: place)
            }
        }
    }

    /// The key file that opens the vault without anybody there, by the same order; nil where a passphrase does.
    func quietKeyFile() throws -> FilePath? {
        let named = settings.credentials.keyFile
        if named != nil, world.environment("QBITVAULT_KEY_FILE")?.isEmpty == false { return named }
        if world.environment("QBITVAULT_PASSPHRASE_FILE") != nil { return nil }
        return try named ?? StoreRecord.read(in: world.folders)?.keyFile.map { FilePath($0) } ?? usualKeyFile()
    }

    /// Where a key file is made when nobody says otherwise: away from the vault, so that a copy of one is not both.
    func usualKeyFile() throws -> FilePath { try world.folders.state.appending("vault.key") }

    private static func passphrase(at path: FilePath) throws(StoreError) -> VaultKey {
        let place = Place(.key, path.string)
        let secret: Secret
        do { secret = try FileReading.secret(at: path, rule: .supplied, limit: 64 << 10) } catch {
            throw StoreError(reading: error, at: place)
        }
        let passphrase = secret.withoutTrailingNewline()
        guard !passphrase.isEmpty else { throw StoreError(.failed(.empty), at: place) }
        return VaultKey(.passphrase, passphrase)
    }
}

extension Slot.Kind {
    var isPassphrase: Bool {
        if case .passphrase = self { true } else { false }
    }
}
