import ArgumentParser
import CredentialStores
import Secrets
import SecureFiles
import SystemPackage

/// Gives credentials to another program, and becomes it.
struct Exec: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command with QBIT_USERNAME and QBIT_PASSWORD in its environment.",
        usage: "qbitvault exec [<options>] -- <command> [<argument> ...]",
        discussion: """
            The command replaces this process, so its signals and its exit status are its own; 127 where there is no such \
            command, 126 where it cannot be run. A credential that is missing is an error (10), and nothing is started.
            """
    )

    @OptionGroup(title: "What is handed on") var selection: SelectionOptions
    @OptionGroup(title: "How, if not in the environment") var delivery: DeliveryOptions
    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        if command.first?.isEmpty ?? true { throw ValidationError("There is no command to run. It stands after --.") }
        // The loader, a shell or an interpreter would act on it, and some print it.
        if let taken = selection.renamings.map(\.variable).first(where: Self.isActedOn) {
            throw ValidationError("\(taken) is no name for a secret: programs act on that variable.")
        }
        if let preset = selection.preset, delivery.givesFiles {
            throw ValidationError("\(preset.rawValue) takes credentials from the environment alone, not from files.")
        }
    }

    func run(in context: Context) async throws {
        let found = try find(in: context)
        let program = Replacement(lastWords: command.count)
        if delivery.tmpfile {
            switch try runBeside(program, found, in: context) {
            case .status(let status): throw ExitCode(status)
            case .signal(let number): Replacement.end(bySignal: number)
            }
        }
        let environment = try ownEnvironment(found, in: context)
        throw Problem(cannotRun: command[0], program.become(environment))
    }

    private static func isActedOn(_ variable: String) -> Bool {
        let names: Set = [
            "PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "PS4", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME",
            "PERL5LIB",
            "PERL5OPT", "RUBYOPT", "NODE_OPTIONS", "GCONV_PATH", "HOME", "TERM", "LANG",
        ]
        return names.contains(variable) || variable.hasPrefix("LD_") || variable.hasPrefix("LC_")
    }

    /// What is to be handed on. Nothing else that the stores have read is in memory afterwards.
    private func find(in context: Context) throws -> CredentialSelection {
        let chain = try context.chain(credentials)
        defer { context.known.forget() }
        let names = try selection.names ?? chain.names().union(selection.named)
        return try context.select(names, from: chain, needing: selection.names ?? selection.named)
    }

    /// Runs it with files that are gone when it has ended.
    private func runBeside(
        _ program: Replacement, _ found: consuming CredentialSelection, in context: Context
    ) throws -> Replacement.Ending {
        // Before there is a file: whichever signal comes, it is removed.
        Replacement.passOnSignals()
        var folder = try PassingFolder(in: context.memoryFolder(), named: "qbitvault-exec.")
        let early = try start(program, found, with: &folder, in: context)
        let ending = early.map { .signal($0) } ?? Replacement.end()
        folder.remove()
        return ending
    }

    /// Starts it; what was found is not in memory any longer when that is done.
    ///
    /// - Returns: the signal that came before.
    private func start(
        _ program: Replacement, _ found: consuming CredentialSelection, with folder: inout PassingFolder,
        in context: Context
    ) throws -> Int32? {
        let environment = try environment(found, in: context) { item in
            .text(try folder.write(item.value, of: found.values, as: item.name.description).string)
        }
        do { try program.run(environment) } catch {
            guard error == .interrupted else { throw Problem(cannotRun: command[0], error) }
            return Replacement.keptSignal
        }
        return nil
    }
}
