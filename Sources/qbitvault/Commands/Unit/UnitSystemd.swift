import ArgumentParser
import SystemPackage

/// A service and its timer.
struct UnitSystemd: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "systemd", abstract: "Print a systemd service and its timer.",
        usage: "qbitvault unit systemd [<options>] -- <argument> ...",
        discussion: """
            The service may read and write what the command line names, and its own state in /var/lib/qbitvault; the \
            vault's key reaches it as a credential (systemd 247), encrypted for the machine (250). What may pass is tried \
            again, a refused password is not. Once a day at 03:00, unless it is said otherwise.

            Both files are printed, each with the path that it is for; --output puts them into a folder instead.

              qbitvault unit systemd --every 6h --output /etc/systemd/system -- check
            """)

    @OptionGroup var unit: UnitArguments
    @OptionGroup(title: "When") var when: ScheduleOptions
    @Option(help: ArgumentHelp("The systemd that it is for; otherwise this machine's.", valueName: "number"))
    var systemdVersion: String?
    @Flag(help: "For your own systemd (systemctl --user), which can confine less.")
    var user = false
    @OptionGroup var runAs: RunAsOption
    @Option(name: [.short, .long], help: ArgumentHelp("Write the files into this folder.", valueName: "folder"))
    var output: String?
    @Flag(help: "Replace files that are there already.")
    var overwrite = false
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if user, runAs.runAs != nil { throw ValidationError("--user is you; --run-as is for what the machine runs.") }
        if let systemdVersion { _ = try SystemdVersion(systemdVersion) }
        if let schedule = when.schedule { _ = try CalendarExpression(schedule) }
        if output == "" { throw ValidationError("--output names no folder; `.` is the one you are in.") }
        if overwrite, output == nil { throw ValidationError("--overwrite is about the files of --output.") }
    }

    func run(in context: Context) async throws {
        let plan = try UnitPlan(unit, in: context, global)
        try plan.checkPaths()
        if !user, case .keyring = plan.credentials.store {
            throw Problem(
                .noKeyringService, "Your keyring is not there for what the machine runs.", at: "credentials.store",
                next: "say --user, or keep a vault: qbitvault setup --store vault")
        }
        let common = try when.common()
        let service = ServiceUnit(
            plan: plan, version: try version(context), isUsers: user, user: user ? nil : try runAs.name(),
            period: common?.period)
        let calendar = try when.schedule.map { try CalendarExpression($0).text } ?? common?.calendar ?? "daily"
        let timer = TimerUnit(service: service, calendar: calendar)
        try runAs.warn(of: plan, context.world.output)
        let document = UnitDocument(
            kind: "systemd", name: plan.name, command: [plan.program.string] + plan.arguments,
            files: [
                .init(path: "\(service.folder)/\(service.fileName)", text: service.text),
                .init(path: "\(service.folder)/\(timer.fileName)", text: timer.text),
            ], steps: service.steps)
        guard let output else { return try context.world.output.result(document) }
        try document.write(into: context.absolute(FilePath(output)), overwrites: overwrite)
        try context.world.output.done("\(service.fileName) and \(timer.fileName) are in \(output)", document)
        for step in service.steps { context.world.output.note("before the first start: \(step)") }
    }

    private func version(_ context: Context) throws -> SystemdVersion {
        if let systemdVersion { return try SystemdVersion(systemdVersion) }
        if let here = SystemdVersion.here() {
            guard here >= .oldest else {
                throw Problem(
                    .usage, "This machine's systemd \(here.number) cannot confine a service enough.",
                    at: "--systemd-version", next: "use cron: qbitvault unit cron")
            }
            return here
        }
        let usual = SystemdVersion.usual
        context.world.output.note(
            "no systemd is here, so the unit is for \(usual.number); --systemd-version says otherwise")
        return usual
    }
}
