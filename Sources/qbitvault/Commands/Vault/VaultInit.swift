import ArgumentParser
import CredentialStores
import SystemPackage

/// Makes an empty vault.
struct VaultInit: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make an empty vault.",
        discussion: "A key file opens it without anybody there; a passphrase needs a person, or a file that holds it.")

    @OptionGroup var key: VaultKeyOptions
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let before = try context.chosenStore()
        let vault = try key.makeVault(in: context)
        switch before {
        case .keyring: context.world.output.note("from now on it is asked, and the keyring is not")
        case .command: context.world.output.note("the configuration has a command asked, and not the vault")
        default: break
        }
        try context.world.output.done("the vault is \(vault.path)", Made(vault: vault.path.string))
    }

    private struct Made: Encodable {
        let vault: String
    }
}
