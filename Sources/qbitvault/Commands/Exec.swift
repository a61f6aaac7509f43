import ArgumentParser
import CredentialStores
import Glibc
import Secrets

/// Gives the credentials to another program, and becomes it.
struct Exec: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a command with QBIT_USERNAME and QBIT_PASSWORD in its environment.",
        usage: "qbitvault exec [<options>] -- <command> [<argument> ...]",
        discussion: "The command replaces this process: its signals and its exit status are its own."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.")
    var command: [String] = []

    func run(in context: Context) async throws {
        let command = Array(command.first == "--" ? command.dropFirst() : command[...])
        guard let program = command.first else {
            throw Problem(.usage, "There is no command to run.", next: "qbitvault exec -- COMMAND")
        }
        let answer = try context.credentials(from: try context.chain(credentials))
        let name = Secret(copying: "QBIT_USERNAME=\(answer.credentials.username)\0".utf8)
        let password = Secret.joining(
            Secret.joining(Secret(copying: "QBIT_PASSWORD=".utf8), answer.credentials.password), Secret(copying: [0]))
        let code = Replacement.run(command, adding: name, password)
        throw Problem(
            code == ENOENT ? .commandNotFound : .cannotExecute,
            code == ENOENT ? "There is no such command." : "The command cannot be run (error \(code)).", at: program,
            next: "check its name and PATH")
    }
}
