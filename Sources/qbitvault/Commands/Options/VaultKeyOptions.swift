import ArgumentParser
import CredentialStores
import Secrets
import SystemPackage

/// What a new vault is opened by.
struct VaultKeyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Open the vault by this key file, made (0600) when it is not there.", valueName: "file"))
    var keyFile: String?

    @Flag(help: "Open the vault by a passphrase, read from standard input.")
    var passphraseStdin = false

    func validate() throws {
        if keyFile != nil, passphraseStdin { throw ValidationError("Choose a key file or a passphrase.") }
    }

    /// The vault that is there, opened by the key that was named, if one was.
    func openVault(in context: Context) throws -> VaultStore {
        try refuseTwoKeys(in: context)
        if passphraseStdin {
            let passphrase = Handed(try SecretInput.standardInput(for: "--passphrase-stdin"))
            return try context.vault { _ in passphrase.key() }
        }
        guard let keyFile else { return try context.vault() }
        return try context.vault { _ throws(StoreError) in try KeyFile.read(FilePath(keyFile)) }
    }

    /// Makes the vault with one slot, for what was given to this run if anything was, and remembers that it is the store in use.
    func makeVault(in context: Context) throws -> VaultStore {
        try refuseTwoKeys(in: context)
        if let given = context.world.vaultAccess.given {
            let search = try context.vaultKeys()
            return try make(in: context, given.isPassphrase ? .passphrase() : .keyFile, keyFile: nil) {
                () throws(StoreError) in try search.key(to: [])
            }
        }
        if passphraseStdin {
            let passphrase = Handed(try SecretInput.standardInput(for: "--passphrase-stdin"))
            return try make(in: context, .passphrase(), keyFile: nil) { passphrase.key() }
        }
        if keyFile == nil, context.world.prompt.isAllowed, context.settings.credentials.keyFile == nil {
            let typed = try context.world.prompt.askNewSecret("New passphrase", again: "New passphrase once more")
            let passphrase = Handed(typed)
            return try make(in: context, .passphrase(), keyFile: nil) { passphrase.key() }
        }
        let file = try keyFile.map { FilePath($0) } ?? context.settings.credentials.keyFile ?? context.usualKeyFile()
        return try makeWithKeyFile(file, in: context)
    }

    /// Whether it was said what opens the vault.
    func isGiven(in context: Context) -> Bool {
        keyFile != nil || passphraseStdin || context.world.vaultAccess.given != nil
    }

    private func refuseTwoKeys(in context: Context) throws {
        guard keyFile != nil || passphraseStdin, let given = context.world.vaultAccess.given else { return }
        let option = keyFile == nil ? "--passphrase-stdin" : "--key-file"
        throw Problem(
            .usage, "\(option) and \(given.option) both say what opens the vault.", at: option,
            next: "leave one of them out")
    }

    func makeWithKeyFile(_ file: FilePath, in context: Context) throws -> VaultStore {
        let path = try context.vaultPath()
        if try !context.exists(file) {
            // Looked at first, so that no key file is left behind for a vault that was there already.
            guard try !context.exists(path) else { throw StoreError(.exists, at: Place(.vault, path.string)) }
            do { try KeyFile.make(file) } catch { throw Problem(writing: error) }
        }
        return try make(in: context, .keyFile, keyFile: file) { () throws(StoreError) in try KeyFile.read(file) }
    }

    private func make(
        in context: Context, _ slot: VaultStore.FirstSlot, keyFile: FilePath?,
        key: @escaping @Sendable () throws(StoreError) -> VaultKey
    ) throws -> VaultStore {
        let vault = try context.vault { _ throws(StoreError) in try key() }
        do throws(StoreError) { try vault.make(with: slot) } catch {
            // One that a run has made which was ended before it could say so is finished.
            guard error.code == .exists, try !context.isRecorded(keyFile: keyFile), vault.isUnused else { throw error }
        }
        do { try context.record(keyFile: keyFile) } catch {
            throw Problem(from: error).comingAfter("The vault is made")
        }
        return vault
    }

    /// A passphrase that is asked for more than once while a vault is made.
    private final class Handed: Sendable {
        private let secret: Secret

        init(_ secret: consuming Secret) { self.secret = secret }

        func key() -> VaultKey { VaultKey(.passphrase, secret.copy()) }
    }
}
