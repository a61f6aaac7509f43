import ArgumentParser
import CredentialStores
import Secrets
import SystemPackage

/// Gives the credentials to another program, and becomes it.
struct Exec: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command with QBIT_USERNAME and QBIT_PASSWORD in its environment.",
        usage: "qbitvault exec [<options>] -- <command> [<argument> ...]",
        discussion: "The command replaces this process: its signals and its exit status are its own."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        if command.isEmpty { throw ValidationError("There is no command to run. It stands after --.") }
    }

    func run(in context: Context) async throws {
        let answer = try context.credentials(from: try context.chain(credentials), .password)
        let place = answer.place
        guard let login = answer.take().takeLogin() else { throw Problem(.credentialNotFound, "There is no password.") }
        // A variable ends at a zero byte: the command would get another password than the one that is kept.
        if login.password.holdsNUL { throw StoreError(.failed(.holdsNUL), at: place) }
        let name = Secret(copying: "QBIT_USERNAME=\(login.username)\0".utf8)
        let password = Secret.joining(
            Secret.joining(Secret(copying: "QBIT_PASSWORD=".utf8), login.password), Secret(copying: [0]))
        throw Problem(cannotRun: command[0], Errno(rawValue: Replacement.run(command, adding: name, password)))
    }
}

extension Problem {
    fileprivate init(cannotRun program: String, _ error: Errno) {
        if error == .noSuchFileOrDirectory {
            self.init(.commandNotFound, "There is no such command.", at: program, next: "check its name and PATH")
        } else {
            self.init(
                .cannotExecute, "The command cannot be run: \(error).", at: program,
                next: "name a program that this user may execute")
        }
    }
}
