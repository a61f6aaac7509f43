import ArgumentParser
import Synchronization
import SystemPackage

/// Looks at everything that could keep a run from working, and tells what to do.
struct Doctor: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what works, what will not, and the next command.",
        discussion: """
            Looks at memory and swap, files and who else may see them, the credentials and their age, and the server: its \
            name, certificate, answer, one login, versions, and the folders that it shares with this machine.

            With --as, what a run would sign in with is looked up as cron, a service or a container would do it: this very \
            program is started without a terminal, without a session bus, and with no more than the variables that are set \
            there. What the crontab, unit or compose file sets is named by --with; its value is taken from here.

            A failure ends with 42.
            """)

    @Option(name: .customLong("as"), help: ArgumentHelp("cron, systemd or docker.", valueName: "surrounding"))
    var surrounding: Surrounding?

    @Option(
        name: .customLong("with"), parsing: .singleValue,
        help: ArgumentHelp("A variable that is set there too, with the value that it has here.", valueName: "variable"))
    var variables: [String] = []

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if surrounding == nil {
            if !variables.isEmpty { throw ValidationError("--with goes with --as.") }
            return
        }
        if !(global.vaultAccess.keyFd + global.vaultAccess.passphraseFd).isEmpty {
            throw ValidationError("Nobody gives a descriptor to what cron or a service runs.")
        }
    }

    static let scope = ServerScope.several

    /// A configuration that cannot be used is found like anything else, with what can be looked at without it.
    func run() async throws {
        let world = World.live(global)
        do {
            try Self.scope.check(global)
            let context: Context
            do { context = try Context(world, global, Self.scope) } catch {
                let problem = Problem(from: error).about(global.server)
                guard [.configuration, .unsafePermissions].contains(problem.status) else { throw problem }
                let broken = Finding.failure("configuration", problem)
                return try tell(DoctorReport([broken] + ProcessExamination(folder: "/").findings), world.output)
            }
            try await run(in: context)
        } catch let code as ExitCode { throw code } catch {
            let problem = Problem(from: error).about(global.server)
            world.output.problem(problem)
            throw ExitCode(problem.status.rawValue)
        }
    }

    func run(in context: Context) async throws {
        if global.allServers { return try await eachServer(in: context) }
        try tell(try await report(in: context), context.world.output)
    }

    private func tell(_ report: DoctorReport, _ output: Output) throws {
        try output.result(report)
        guard let problem = report.problem else { return }
        output.complain(problem)
        throw ExitCode(problem.status.rawValue)
    }

    /// This machine once, then each server: one login each at most.
    private func eachServer(in context: Context) async throws {
        guard surrounding == nil else {
            throw Problem(
                .usage, "What a run would sign in with is replayed for one server at a time.", at: "--all-servers",
                next: "name the server: --server NAME")
        }
        let output = context.world.output
        let machine = DoctorReport(Examination(context: context).machine, heading: "this machine")
        try output.result(machine)
        let failed = Mutex(machine.problem == nil ? [] : ["this machine"])
        try await context.forEachServer {
            DoctorReport(await Examination(context: $0).server())
        } report: { row in
            if row.problem != nil || (try? row.outcome.get().problem) != nil {
                failed.withLock { $0.append(row.serverName) }
            }
            try output.result(DoctorRow(row: row))
        }
        let names = failed.withLock { $0 }
        guard !names.isEmpty else { return }
        throw Problem(
            .doctorFoundFailures, "Something will not work with \(names.count) of them.",
            at: names.joined(separator: ", "), next: "the lines that begin with failure say what to do")
    }

    private func report(in context: Context) async throws -> DoctorReport {
        guard let surrounding else { return await Examination(context: context).report() }
        let replay = Replay(surrounding: surrounding, account: .own, set: variables)
        return try ReplayExamination(replay: replay, context: context, options: global).report()
    }
}

/// What was found about one of several servers.
private struct DoctorRow: Encodable, CustomStringConvertible {
    let row: ServerRow<DoctorReport>

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    var description: String {
        let name = "\(row.serverName)\(row.origin.map { " (\($0))" } ?? "")"
        switch row.outcome {
        case .success(let report): return "\n\(name)\n\(report)"
        case .failure(let problem): return "\n\(name)\n\(Finding.failure("server", problem))"
        }
    }
}
