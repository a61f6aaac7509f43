import CredentialStores
import Glibc
import SecureFiles
import SystemPackage

extension Context {
    /// The vault's file: the environment, then the configuration, then the data folder.
    func vaultPath() throws -> FilePath { try settings.credentials.vault ?? world.folders.data.appending("vault.qbv") }

    /// Which store the settings, or the first write, have chosen. Nil: nobody has.
    ///
    /// Reading never chooses by what happens to be running; that a vault file lies there is enough to mean it.
    func chosenStore() throws -> StoreChoice? {
        let choice = settings.credentials.store
        if choice != .automatic { return choice }
        if let record = try StoreRecord.read(in: world.folders) {
            return StoreChoice(rawValue: record.store) == .keyring ? .keyring : .vault
        }
        return (try? vaultPath().stat()) == nil ? nil : .vault
    }

    /// The store of a choice.
    func store(_ choice: StoreChoice) throws -> any CredentialStore {
        switch choice {
        case .keyring: return try keyring()
        case .vault, .automatic: return try vault()
        }
    }

    func keyring() throws -> any CredentialStore {
        #if Keyring
        return KeyringStore(patience: settings.credentials.keyringTimeout)
        #else
        throw Problem(
            .noKeyringService, "This build has no keyring.", at: "keyring",
            next: "keep a vault: qbitvault setup --store vault")
        #endif
    }

    /// The vault, one and the same in a run: a passphrase is asked for once.
    func vault() throws -> VaultStore { try known.vault { try vault(keys: try vaultKeys()) } }

    /// The vault with a key that is not where the settings say.
    func vault(keys: @escaping VaultKeyProvider) throws -> VaultStore {
        let output = world.output
        let path = try vaultPath()
        return VaultStore(path, state: try world.folders.state, keys: keys) { fingerprint in
            output.note("first use of \(path) on this machine; its fingerprint is \(fingerprint)")
        }
    }

    /// The store that a write goes to: the option's, the chosen one, or else a keyring that answers.
    func storeForWriting(_ option: StoreChoice?) throws -> (store: any CredentialStore, choice: StoreChoice) {
        if let choice = try option ?? chosenStore() { return (try store(choice), choice) }
        let keyring = try keyring()
        do { _ = try keyring.list() } catch {
            throw Problem(
                .noKeyringService, "No store was chosen yet, and no keyring answers.", at: keyring.place.description,
                next: "make a vault first: qbitvault vault init --key-file FILE")
        }
        try record(.keyring)
        return (keyring, .keyring)
    }

    /// From now on that store is meant. The key file stays on record when none is named.
    func record(_ choice: StoreChoice, keyFile: FilePath? = nil) throws {
        guard settings.credentials.store == .automatic else { return }
        let absolute = keyFile.map { world.workingFolder.pushing($0).lexicallyNormalized().string }
        let before = try StoreRecord.read(in: world.folders)
        let record = StoreRecord(store: choice.rawValue, keyFile: absolute ?? before?.keyFile)
        if record != before { try record.write(in: world.folders) }
    }
}
