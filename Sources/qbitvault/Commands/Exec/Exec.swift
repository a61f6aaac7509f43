import ArgumentParser
import CredentialStores
import QBittorrentClient
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
        if command.isEmpty { throw ValidationError("There is no command to run. It stands after --.") }
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
        let environment = try environment(found, in: context) { item in
            guard delivery.fd else { return try found.textValue(of: item) }
            return .text(try found.sealedFile(of: item))
        }
        throw Problem(cannotRun: command[0], program.become(environment))
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

    /// - Parameter value: what the variable of a credential holds, or that of its file.
    private func environment(
        _ found: borrowing CredentialSelection, in context: Context,
        _ value: (CredentialSelection.Item) throws -> ProgramEnvironment.Value
    ) throws -> ProgramEnvironment {
        var variables: [ProgramEnvironment.Variable] = []
        // What contradicts, or was to be called otherwise, goes.
        var known = Set([CredentialName.username, .password, .apiKey] + found.items.map(\.name)).map(\.description)
        if let preset = selection.preset {
            known += preset.variables.values
            variables.append(.init(name: preset.address, value: .text(try context.server().origin)))
        }
        for item in found.items {
            let names = selection.variables(of: item.name)
            known += names
            if names.isEmpty { continue }
            // A user name is no secret.
            let isFile = delivery.givesFiles && item.name != .username
            let value = try item.name == .username ? found.textValue(of: item) : value(item)
            variables += names.map { .init(name: isFile ? $0.asFileVariable : $0, value: value) }
        }
        if let twice = variables.map(\.name).firstRepeated { throw Problem(twoCredentialsIn: twice) }
        for item in found.items where item.name == selection.stdin { try found.feedStandardInput(item) }
        return ProgramEnvironment(
            adding: variables, of: found.values, removing: Set(known + known.map { $0 + "_FILE" }))
    }
}

extension String {
    /// What a program looks up for the name of a file that holds what the variable would.
    fileprivate var asFileVariable: String { hasSuffix("FILE") ? self : self + "_FILE" }
}

extension [String] {
    fileprivate var firstRepeated: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0).inserted }
    }
}
