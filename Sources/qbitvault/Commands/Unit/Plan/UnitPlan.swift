import ArgumentParser
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// A command line that is to run by itself, and everything that it needs for that: all paths are absolute.
struct UnitPlan {
    let name: String
    /// This program.
    let program: FilePath
    /// Without the program; it asks nothing.
    let arguments: [String]
    let files: TouchedFiles
    let reportsOnly: Bool
    /// The configuration in use; nil where defaults and the environment are all.
    let configuration: FilePath?
    let credentials: UnitCredentials
    /// Where it connects to; none where it needs no network.
    let servers: [Server]
    /// Commands, without the program's name, that pin what this user has pinned where the state is another.
    let pinning: [String]
    /// This user's state folder.
    let state: FilePath
    /// What says where that is; empty where it is the usual place below the home.
    let stateVariables: [(name: String, value: String)]
    /// Settings of this environment that hold there too, sorted by name.
    let variables: [(name: String, value: String)]

    /// As a person would type it, for comments.
    var words: String {
        (["qbitvault"] + arguments).map { word in
            let shown = ShellWord(word).description
            // An option is to be one.
            return word.hasPrefix("-") ? shown.replacing("./", with: "", maxReplacements: 1) : shown
        }.joined(separator: " ")
    }

    /// Whether all that it talks to is this machine.
    var staysOnThisMachine: Bool { files.becomes == nil && servers.allSatisfy(\.isLoopback) }

    init(_ unit: UnitArguments, in own: Context, _ options: GlobalOptions) throws {
        let command = try Self.command(unit.arguments)
        var global = command.global
        global.config = global.config ?? options.config
        try type(of: command).scope.check(global)
        let context = try Context(own.world, global, type(of: command).scope)
        try Self.refuseInput(of: command)

        name = unit.name ?? "qbitvault-\(type(of: command).unitName)"
        reportsOnly = type(of: command).reportsOnly
        program = try Self.thisProgram()
        arguments = Self.withoutInput(unit.arguments, global)
        if let file = context.file, !file.isTrusted {
            throw Problem(
                .configuration, "The configuration was merely found here, and a unit would be the one to trust it.",
                at: file.path.string,
                next: "name it: qbitvault unit … --config \(ShellWord(own.absolute(file.path).string)) -- …")
        }
        configuration = context.file.map { context.absolute($0.path) }
        let touched = try command.touched(in: context)
        try Self.refuseRelative(touched, in: context)
        servers = try type(of: command).scope == .none ? [] : context.servers(all: global.allServers)
        pinning = try servers.compactMap { server in
            try context.pin(of: server).map { certificate in
                "trust add --url \(ShellWord(server.origin)) --fingerprint \(certificate.fingerprint)"
            }
        }
        var files = touched
        files.reads += context.certificateFiles(all: global.allServers)
        self.files = files
        credentials = try UnitCredentials(in: context, keyFile: unit.keyFile, global.vaultAccess)
        state = try context.world.folders.state
        let isUsual = context.world.folders.home?.appending(".local/state/qbitvault") == state
        stateVariables = isUsual ? [] : [("STATE_DIRECTORY", state.string)]
        variables = context.carriedVariables()
    }

    /// - Throws: `Problem` with 64 for what the program would not understand then, or a person is needed for.
    private static func command(_ arguments: [String]) throws -> any UnattendedCommand {
        let parsed: any ParsableCommand
        do { parsed = try QBitVault.parseAsRoot(arguments) } catch {
            guard QBitVault.exitCode(for: error) == .validationFailure else {
                throw Problem(.usage, "This prints help and does nothing.", at: "--", next: "name a command")
            }
            throw Problem(usage: error)
        }
        guard let command = parsed as? any UnattendedCommand else {
            throw Problem(
                .usage, "This is for a person, and nothing that runs by itself.",
                at: "qbitvault \(arguments.first ?? "")",
                next: "these run by themselves: check, doctor, create, api, exec, vault verify, rotate vault-key")
        }
        return command
    }

    private static func refuseInput(of command: some UnattendedCommand) throws {
        let given = command.givenCredentials
        let access = command.global.vaultAccess
        let fromDescriptor =
            given?.isGiven == true || command.readsStandardInput || !access.keyFd.isEmpty
            || !access.passphraseFd.isEmpty
        guard fromDescriptor else { return }
        throw Problem(
            .usage, "It reads standard input or a descriptor, and nobody will be there to give it one.", at: "--",
            next: "leave that option out: credentials are kept (qbitvault setup), and bodies come from files")
    }

    private static func refuseRelative(_ files: TouchedFiles, in context: Context) throws {
        for path in files.reads + files.writes where !path.isAbsolute {
            throw Problem(
                .usage, "A unit has no working folder of its own, so its paths begin with a slash.", at: path.string,
                next: "say \(ShellWord(context.absolute(path).string))")
        }
        if let program = files.becomes, !program.isAbsolute {
            throw Problem(
                .usage, "PATH is another one there, so the program is named by its whole path.", at: program.string,
                next: "see which it is: command -v \(ShellWord(program.string))")
        }
    }

    /// With `--no-input`, before anything that is not for this program.
    private static func withoutInput(_ arguments: [String], _ global: GlobalOptions) -> [String] {
        if global.noInput { return arguments }
        let own = arguments.prefix { $0 != "--" }
        return own + ["--no-input"] + arguments[own.endIndex...]
    }

    private static func thisProgram() throws -> FilePath {
        if let path = PathMap.realPath(of: "/proc/self/exe") { return path }
        throw Problem(.unexpected, "It is not known where this program lies.", at: "/proc/self/exe")
    }
}
