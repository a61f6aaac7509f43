import CredentialStores
import SystemPackage

/// The part of `setup` that decides where credentials go.
struct SetupStore {
    private let choice: StoreChoice
    private let key: VaultKeyOptions
    /// Nil where a vault is made once the credentials are proven.
    private let existing: (any CredentialStore)?

    /// Chooses, and looks whether what is there already can be used, so that nobody types a password in vain.
    init(option: StoreChoice?, key: VaultKeyOptions, in context: Context) throws {
        self.key = key
        choice = try Self.choice(option, key, in: context)
        switch choice {
        case .keyring: existing = try context.keyring()
        case .vault, .automatic:
            let isThere = (try? context.vaultPath().stat(followTargetSymlink: false)) != nil
            existing = isThere ? try key.openVault(in: context) : nil
        }
        _ = try existing?.list()
    }

    /// The store, made when it is a vault that is not there yet.
    func store(in context: Context) throws -> any CredentialStore {
        if let existing { return existing }
        if key.keyFile == nil, key.isGiven(in: context) { return try key.makeVault(in: context) }
        let file =
            try key.keyFile.map { FilePath($0) } ?? context.settings.credentials.keyFile ?? context.usualKeyFile()
        let made = try key.makeWithKeyFile(file, in: context)
        context.world.output.note(
            "\(file) opens the vault; it protects a stolen vault, and not a stolen disk or a backup that holds both")
        return made
    }

    /// From now on this store is meant.
    func record(in context: Context) throws {
        if choice == .vault, let file = key.keyFile { return try context.record(keyFile: FilePath(file)) }
        try context.record(choice)
    }

    private static func choice(
        _ option: StoreChoice?, _ key: VaultKeyOptions, in context: Context
    ) throws -> StoreChoice {
        let configured = context.settings.credentials.store
        if let option {
            guard configured == .automatic || configured == option else {
                throw Problem(
                    .configuration, "It says \(configured.rawValue), and --store says \(option.rawValue).",
                    at: "credentials.store", next: "say the same in both, or leave --store out")
            }
            return option
        }
        if let chosen = try context.chosenStore() { return chosen }
        let prompt = context.world.prompt
        if key.isGiven(in: context) || !prompt.isAllowed { return .vault }
        if try prompt.confirm("Will this run unattended?", usual: true) { return .vault }
        if (try? context.keyring().list()) != nil { return .keyring }
        context.world.output.note("no keyring answers here, so an encrypted vault keeps the credentials")
        return .vault
    }
}
