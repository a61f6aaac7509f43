import ArgumentParser
import CredentialStores

/// Removes one credential.
struct CredentialDelete: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove a credential from the store.",
        discussion:
            "What was deleted may still lie in backups and in freed blocks of the disk: change the password too.")

    @OptionGroup var argument: NameArgument
    @Option(help: ArgumentHelp("Remove an earlier value of the vault, and no other.", valueName: "abandoned|previous"))
    var earlier: EarlierPart?
    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    /// What is kept for a server stays when the configuration forgets it.
    static let scope = ServerScope.oneOrNew

    func run(in context: Context) async throws {
        if let earlier { return try delete(earlier, in: context) }
        let store = try context.storeForReading(place.store)
        guard try store.delete(context.key(argument.name)) else {
            throw Problem(missing: argument.name, in: store)
        }
        let deleted = Deleted(deleted: argument.name.description, store: store.place.description)
        try context.world.output.done("\(argument.name) is gone from the \(store.place)", deleted)
    }

    private func delete(_ part: EarlierPart, in context: Context) throws {
        let vault = try context.vault()
        guard try vault.delete(context.key(argument.name), part) else {
            throw Problem(noEarlier: part, of: argument.name, in: vault)
        }
        let deleted = Deleted(deleted: "\(argument.name), \(part.rawValue)", store: vault.place.description)
        try context.world.output.done("the \(part.rawValue) value of \(argument.name) is gone", deleted)
    }

    private struct Deleted: Encodable {
        let deleted: String
        let store: String
    }
}

extension Problem {
    init(noEarlier part: EarlierPart, of name: CredentialName, in vault: VaultStore) {
        self.init(
            .credentialNotFound, "There is no \(part.rawValue) value of \(name).", at: vault.place.description,
            next: "see what is kept: qbitvault credential list")
    }

    init(missing name: CredentialName, in store: any CredentialStore) {
        self.init(
            .credentialNotFound, "There is no \(name).", at: store.place.description,
            next: "`qbitvault credential list` shows what there is")
    }

    init(nothingFor server: String, in store: any CredentialStore) {
        self.init(
            .credentialNotFound, "Nothing is kept for the server \(server).", at: store.place.description,
            next: "keep it with `qbitvault setup`")
    }
}
