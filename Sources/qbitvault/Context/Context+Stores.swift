import CredentialStores
import Glibc
import Logging
import SecureFiles
import SystemPackage
import TorrentCreation

extension Context {
    /// The vault's file: the environment, then the configuration, then the data folder.
    ///
    /// One and the same however it is spelled, because what this machine remembers of a vault goes by its path.
    func vaultPath() throws -> FilePath {
        let path = try spelledVaultPath()
        guard let name = path.lastComponent else { return path }
        return (PathMap.realPath(of: path.removingLastComponent()) ?? path.removingLastComponent()).appending(name)
    }

    private func spelledVaultPath() throws -> FilePath {
        try absolute(settings.credentials.vault ?? world.folders.data.appending("vault.qbv"))
    }

    func absolute(_ path: FilePath) -> FilePath { world.workingFolder.pushing(path).lexicallyNormalized() }

    /// Which store the settings, or the first write, have chosen. Nil: nobody has.
    ///
    /// Reading never chooses by what happens to be running; that a vault file lies there, or that a command is named, is
    /// enough to mean it.
    func chosenStore() throws -> StoreChoice? {
        let choice = settings.credentials.store
        if choice != .automatic { return choice }
        if settings.credentials.command != nil { return .command }
        if let record = try StoreRecord.read(in: world.folders) {
            return StoreChoice(rawValue: record.store) == .keyring ? .keyring : .vault
        }
        // A service has a folder for its state, and may have no home that a vault could be in.
        guard settings.credentials.vault != nil || world.folders.hasData else { return nil }
        return try exists(vaultPath()) ? .vault : nil
    }

    /// Who answers by a choice.
    func source(_ choice: StoreChoice) throws -> any CredentialSource {
        choice == .command ? try credentialCommand() : try store(choice)
    }

    /// The store of a choice that keeps something.
    func store(_ choice: StoreChoice) throws -> any CredentialStore {
        switch choice {
        case .keyring: return try keyring()
        case .vault, .automatic: return try vault()
        case .command:
            throw Problem(
                .usage, "The store in use is a command, which answers and keeps nothing.",
                at: try credentialCommand().place.description,
                next: "`qbitvault credential where` tells who answers; --store vault names a store that keeps")
        }
    }

    func keyring() throws -> any CredentialStore {
        #if Keyring
        return keyringStore()
        #else
        throw Problem(
            .noKeyringService, "This build has no keyring.", at: "keyring",
            next: "keep a vault: qbitvault setup --store vault")
        #endif
    }

    /// The vault, one and the same in a run: a passphrase is asked for once.
    func vault() throws -> VaultStore {
        try known.vault {
            let (search, log) = (try vaultKeys(), world.log)
            return try vault { slots throws(StoreError) in
                let key = try search.key(to: slots)
                if let place = key.place { log.info("key of the vault: from \(place.detail)") }
                return key
            }
        }
    }

    /// The vault with a key that is not where the settings say.
    func vault(keys: @escaping VaultKeyProvider) throws -> VaultStore {
        let output = world.output
        let path = try vaultPath()
        let spelled = try spelledVaultPath()
        // The store looks at the folder itself; a link on the way to it may be somebody else's.
        if spelled != path { try Folder.check(spelled.removingLastComponent()) }
        return VaultStore(path, state: try world.folders.state, keys: keys) { fingerprint in
            output.note("first use of \(path) on this machine; its fingerprint is \(fingerprint)")
        } forgets: { error in
            let problem = Problem(error)
            output.note(
                "what was seen of \(path) cannot be remembered, so that an older file in its place goes unnoticed: \(problem.place ?? ""): \(problem.what)"
            )
        }
    }

    /// The store that a write goes to: the option's, the chosen one, or else a keyring that answers.
    func storeForWriting(_ option: StoreChoice?) throws -> (store: any CredentialStore, choice: StoreChoice) {
        if let choice = try option ?? chosenStore() {
            try refuseToWrite(choice)
            return (try store(choice), choice)
        }
        let keyring = try keyring()
        do { _ = try keyring.list() } catch {
            throw Problem(
                .noKeyringService, "No store was chosen yet, and no keyring answers.", at: keyring.place.description,
                next: "make a vault first: qbitvault vault init --key-file FILE")
        }
        return (keyring, .keyring)
    }

    /// Refuses a choice that keeps nothing, before anybody types what is to be kept.
    func refuseToWrite(_ choice: StoreChoice) throws {
        guard choice == .command else { return }
        throw Problem(
            .resultCannotBeWritten, "The credentials come from a command, and a command keeps nothing.",
            at: try credentialCommand().place.description,
            next: "keep it where the command looks, or say `store: vault` under credentials: in the configuration")
    }

    /// The first write has decided, where nobody had.
    ///
    /// - Parameter deed: what is done already, for whoever is told that the choice could not be recorded.
    func record(_ choice: StoreChoice, after deed: String) throws {
        do { try record(choice) } catch { throw Problem(from: error).comingAfter(deed) }
    }

    /// From now on that store is meant. The key file on record stays.
    func record(_ choice: StoreChoice) throws {
        let before = try StoreRecord.read(in: world.folders)
        let record = StoreRecord(store: choice.rawValue, keyFile: before?.keyFile)
        if record != before { try record.write(in: world.folders) }
    }

    /// The vault is opened by this key file from now on, or by none.
    func record(keyFile: FilePath?) throws { try storeRecord(keyFile: keyFile).write(in: world.folders) }

    func isRecorded(keyFile: FilePath?) throws -> Bool {
        try StoreRecord.read(in: world.folders) == storeRecord(keyFile: keyFile)
    }

    private func storeRecord(keyFile: FilePath?) -> StoreRecord {
        StoreRecord(store: StoreChoice.vault.rawValue, keyFile: keyFile.map { absolute($0).string })
    }

    /// Whether anything is there, a link that leads nowhere too. A path that cannot be looked at is neither there nor
    /// missing.
    func exists(_ path: FilePath) throws -> Bool {
        do { _ = try path.stat(followTargetSymlink: false) } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return false }
            throw FileError(.failed(.open, error), at: path)
        }
        return true
    }
}
