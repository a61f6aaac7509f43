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

    func run(in context: Context) async throws {
        let store = try context.storeForReading(place.store)
        guard try store.delete(context.key(argument.name)) else {
            throw Problem(
                .credentialNotFound, "There is no \(argument.name).", at: store.place.description,
                next: "`qbitvault credential list` shows what there is")
        }
        context.world.output.note("\(argument.name) is gone from the \(store.place)")
    }
}
