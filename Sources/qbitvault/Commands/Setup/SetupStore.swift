import CredentialStores
import SystemPackage

/// The part of `setup` that decides where credentials go.
struct SetupStore {
    private let choice: StoreChoice
    private let key: VaultKeyOptions
    /// Nil where a vault is made once the credentials are proven.
    private let existing: (any CredentialStore)?

    /// Whether it was there before this run.
    var isThere: Bool { existing != nil }

    /// Looks whether what is there already can be used, so that nobody types a password in vain.
    private init(_ choice: StoreChoice, _ key: VaultKeyOptions, in context: Context) throws {
        self.key = key
        self.choice = choice
        switch choice {
        case .keyring: existing = try context.keyring()
        case .vault, .automatic, .command:
            existing = try context.exists(context.vaultPath()) ? try key.openVault(in: context) : nil
        }
        _ = try existing?.list()
    }

    /// The store that was said or chosen before; nil where a person is to be asked.
    static func decided(option: StoreChoice?, key: VaultKeyOptions, in context: Context) throws -> SetupStore? {
        let configured = context.settings.credentials.store
        let chosen = try context.chosenStore()
        // A command would answer in the place of what is kept.
        if let chosen { try context.refuseToWrite(chosen) }
        if let option {
            guard configured == .automatic || configured == option else {
                throw Problem(
                    .configuration, "It says \(configured.rawValue), and --store says \(option.rawValue).",
                    at: "credentials.store", next: "say the same in both, or leave --store out")
            }
            return try SetupStore(option, key, in: context)
        }
        if let chosen { return try SetupStore(chosen, key, in: context) }
        if key.isGiven(in: context) || !context.world.prompt.isAllowed {
            return try SetupStore(.vault, key, in: context)
        }
        return nil
    }

    /// A vault where nobody will be there to unlock a keyring, else the keyring if there is one.
    static func asked(key: VaultKeyOptions, in context: Context) throws -> SetupStore {
        let prompt = context.world.prompt
        if try prompt.confirm("Will this run unattended?", usual: true) {
            return try SetupStore(.vault, key, in: context)
        }
        do { return try SetupStore(.keyring, key, in: context) } catch {
            let problem = Problem(from: error)
            if problem.status == .noKeyringService {
                context.world.output.note(
                    "no keyring answers here, so an encrypted vault keeps the credentials (\(problem.what))")
                return try SetupStore(.vault, key, in: context)
            }
            let question = "\(problem.what) Keep the credentials in an encrypted vault instead?"
            guard try prompt.confirm(question.printable, usual: false) else { throw problem }
            return try SetupStore(.vault, key, in: context)
        }
    }

    /// Where credentials would be kept, and what would be made for that.
    func intention(in context: Context) throws -> (place: String, made: [String]) {
        if let existing { return (existing.place.description, []) }
        let path = try context.vaultPath()
        guard let file = try keyFile(in: context) else { return ("vault \(path)", ["make the vault \(path)"]) }
        let isThere = try context.exists(file)
        return (
            "vault \(path)",
            ["make the vault \(path)", isThere ? "open it by \(file), which is there" : "make \(file), which opens it"]
                + [try Self.advice(on: file, for: path)]
        )
    }

    /// The store, made when it is a vault that is not there yet.
    func store(in context: Context, _ deeds: inout SetupDeeds) throws -> any CredentialStore {
        if let existing { return existing }
        let (path, file) = (try context.vaultPath(), try keyFile(in: context))
        let record = try StoreRecord.place(in: context.world.folders)
        let (hadKey, hadRecord) = (try file.map(context.exists) ?? true, try context.exists(record))
        func undo() throws -> String {
            var made = try context.vault().files
            if let file, !hadKey, try context.exists(file) { made.append(file) }
            if !hadRecord, try context.exists(record) { made.append(record) }
            return "rm -f " + made.map { ShellWord($0.string).description }.joined(separator: " ")
        }
        do {
            guard let file else { return try made(key.makeVault(in: context), &deeds, undo: undo()) }
            let vault = try key.makeWithKeyFile(file, in: context)
            context.world.output.note(try Self.advice(on: file, for: path))
            return try made(vault, &deeds, undo: undo())
        } catch {
            if let file, !hadKey, try context.exists(file) { deeds.note("\(file) made", undo: try undo()) }
            throw error
        }
    }

    private func made(_ vault: VaultStore, _ deeds: inout SetupDeeds, undo: String) -> VaultStore {
        deeds.note("vault \(vault.path) made", undo: undo)
        return vault
    }

    /// From now on this store is meant.
    func record(in context: Context, _ deeds: inout SetupDeeds) throws {
        let folders = context.world.folders
        let before = try StoreRecord.read(in: folders)
        if choice == .vault, let file = key.keyFile {
            try context.record(keyFile: FilePath(file))
        } else {
            try context.record(choice)
        }
        guard try StoreRecord.read(in: folders) != before else { return }
        let path = ShellWord(try StoreRecord.place(in: folders).string)
        let undo = before.map { "printf %s \(ShellWord($0.text)) > \(path)" } ?? "rm \(path)"
        deeds.note("the \(choice == .keyring ? "keyring" : "vault") is the store from now on", undo: undo)
    }

    /// What opens a vault that is made; nil for a passphrase, and for a key that was given to this run.
    private func keyFile(in context: Context) throws -> FilePath? {
        if let file = key.keyFile { return context.absolute(FilePath(file)) }
        if key.isGiven(in: context) { return nil }
        return try context.settings.credentials.keyFile ?? context.usualKeyFile()
    }

    /// What a key file protects from, and what not.
    private static func advice(on file: FilePath, for vault: FilePath) throws -> String {
        let isBeside = file.removingLastComponent() == vault.removingLastComponent()
        let end =
            isBeside
            ? "it lies beside the vault, so whoever copies that folder has both and can read it"
            : "whoever gets both can: with this disk, a backup of the whole home, or as root here"
        return "\(file) opens the vault: whoever gets the vault alone cannot read it; \(end)"
    }
}
