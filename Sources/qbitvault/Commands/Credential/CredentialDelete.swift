import ArgumentParser
import CredentialStores

/// Removes one credential.
struct CredentialDelete: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove a credential from the store.",
        discussion:
            "What was deleted may still lie in backups and in freed blocks of the disk: change the password too.")

    @OptionGroup var argument: NameArgument
    @OptionGroup var place: StoreOption
    @OptionGroup var global: GlobalOptions

    /// What is kept for a server stays when the configuration forgets it.
    static let scope = ServerScope.oneOrNew

    func run(in context: Context) async throws {
        let store = try context.storeForReading(place.store)
        guard try store.delete(context.key(argument.name)) else {
            throw Problem(missing: argument.name, in: store)
        }
        let deleted = Deleted(deleted: argument.name.description, store: store.place.description)
        try context.world.output.done("\(argument.name) is gone from the \(store.place)", deleted)
    }

    private struct Deleted: Encodable {
        let deleted: String
        let store: String
    }
}

extension Problem {
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
