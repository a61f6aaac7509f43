import CredentialStores
import SystemPackage

/// Where a unit's credentials come from, and what opens that without a person.
struct UnitCredentials {
    enum Store {
        case vault(FilePath)
        case keyring
        /// Plain text beside the configuration.
        case dotEnv(FilePath)
    }

    /// A file that opens the vault.
    struct Key {
        let file: FilePath
        /// What systemd and containers call it: by this name the program looks for it there.
        let name: String

        static func key(_ file: FilePath) -> Key { Key(file: file, name: "qbitvault.key") }
        static func passphrase(_ file: FilePath) -> Key { Key(file: file, name: "qbitvault.passphrase") }

        /// What names the file where it lies; empty for a host's own key, which is found beside the state.
        var variables: [(name: String, value: String)] {
            if file.lastComponent == "host.key" { return [] }
            let variable = name == "qbitvault.passphrase" ? "QBITVAULT_PASSPHRASE_FILE" : "QBITVAULT_KEY_FILE"
            return [(variable, file.string)]
        }
    }

    let store: Store
    /// Nil where nothing needs opening, or a program prints the passphrase.
    let key: Key?
    /// Whether a program prints the passphrase.
    let asksProgram: Bool

    /// What whoever reads the unit should know of where the credentials come from.
    var caution: String? {
        switch store {
        case .vault: nil
        case .keyring: "The keyring answers while its user is logged in and it is unlocked; a vault answers always."
        case .dotEnv:
            "The credentials are plain text beside the configuration. `qbitvault setup` keeps them better."
        }
    }

    /// - Throws: `Problem` with 10 where nothing was set up, with 11 where only a person could open the vault.
    init(in context: Context, keyFile: String?, _ access: VaultAccessOptions) throws {
        let choice = try context.chosenStore()
        if choice == .keyring || choice == nil, keyFile != nil {
            throw Problem(
                .usage, "Nothing that a key file opens is in use here.", at: "--key-file",
                next: "leave it out, or keep a vault: qbitvault setup --store vault")
        }
        switch choice {
        case nil:
            guard let file = context.dotEnv(), try context.exists(file) else {
                throw Problem(
                    .credentialNotFound, "No credentials are kept here that a unit could use.",
                    at: "neither keyring nor vault was chosen, and \(try context.vaultPath()) is not there",
                    next: "keep them first: qbitvault setup --store vault")
            }
            store = .dotEnv(context.absolute(file))
            (key, asksProgram) = (nil, false)
        case .keyring:
            store = .keyring
            (key, asksProgram) = (nil, false)
        default:
            store = .vault(try context.vaultPath())
            asksProgram =
                keyFile == nil && (access.command ?? context.settings.credentials.passphraseCommand) != nil
            key = asksProgram ? nil : try Self.key(keyFile, in: context)
        }
    }

    /// In the order in which a run looks for it.
    private static func key(_ named: String?, in context: Context) throws -> Key {
        if let named { return .key(context.absolute(FilePath(named))) }
        let isNamedByVariable = context.world.environment("QBITVAULT_KEY_FILE")?.isEmpty == false
        if !isNamedByVariable, let file = context.world.environment("QBITVAULT_PASSPHRASE_FILE"), !file.isEmpty {
            return .passphrase(context.absolute(FilePath(file)))
        }
        if let file = context.settings.credentials.keyFile { return .key(context.absolute(file)) }
        let usual = [
            try StoreRecord.read(in: context.world.folders)?.keyFile.map { FilePath($0) },
            try context.usualKeyFile(), HostKey.path(in: try context.world.folders.state),
        ]
        guard let file = try usual.compactMap(\.self).first(where: context.exists) else {
            throw Problem(
                .vaultCannotBeOpened, "Only a person could open the vault, and none will be there.",
                at: try context.vaultPath().string,
                next: "add a key file: qbitvault vault slot add --key-file FILE, and name it here: --key-file FILE")
        }
        return .key(file)
    }
}
