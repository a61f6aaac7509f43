import ArgumentParser

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

    func run(in context: Context) async throws {
        let report = try await report(in: context)
        try context.world.output.result(report)
        guard let problem = report.problem else { return }
        context.world.output.complain(problem)
        throw ExitCode(problem.status.rawValue)
    }

    private func report(in context: Context) async throws -> DoctorReport {
        guard let surrounding else { return await Examination(context: context).report() }
        let replay = Replay(surrounding: surrounding, account: .own, set: variables)
        return try ReplayExamination(replay: replay, context: context, options: global).report()
    }
}
