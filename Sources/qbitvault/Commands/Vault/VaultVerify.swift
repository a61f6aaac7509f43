import ArgumentParser
import CredentialStores
import SystemPackage

/// Looks at everything in a vault that can be looked at.
struct VaultVerify: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the whole vault: signature, memory, key, contents, permissions, copies.",
        discussion: """
            Needs a key and no network, and changes nothing. A warning does not make it fail; otherwise it ends with the \
            status of the first check that did. With a file it looks at that in the vault's stead, such as at a backup: \
            an older one is good for `qbitvault vault recover --from`, one of another identity is not.
            """)

    @Argument(help: ArgumentHelp("A copy to look at in the vault's stead.", valueName: "file"))
    var file: String?
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if file?.isEmpty == true { throw ValidationError("The file has no name.") }
    }

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let found = vault.verify(file.map { FilePath($0) })
        let report = VaultVerifyReport(found, of: file ?? vault.path.string)
        try context.world.output.result(report)
        guard let failure = found.failure else { return }
        let problem = Problem(failure)
        context.world.output.complain(problem)
        throw ExitCode(problem.status.rawValue)
    }
}
