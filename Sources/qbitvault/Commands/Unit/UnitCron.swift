import ArgumentParser
import SystemPackage

/// A line for a crontab.
struct UnitCron: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "cron", abstract: "Print a line for a crontab.",
        usage: "qbitvault unit cron [<options>] -- <argument> ...",
        discussion: """
            Paths are whole, words are quoted for the shell, percent signs for cron, and nothing is asked. Once a day at \
            03:00, unless it is said otherwise. With --run-as it is a line for /etc/cron.d, which names the user.

              (crontab -l; qbitvault unit cron --every 6h -- check) | crontab -
            """)

    @OptionGroup var unit: UnitArguments
    @OptionGroup(title: "When") var when: ScheduleOptions
    @OptionGroup var runAs: RunAsOption
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if let schedule = when.schedule { _ = try CronFields(schedule) }
    }

    func run(in context: Context) async throws {
        let plan = try UnitPlan(unit, in: context, global)
        let fields = try when.schedule.map { try CronFields($0).text } ?? when.common()?.fields ?? "@daily"
        let line = CronLine(plan: plan, fields: fields, user: runAs.runAs)
        try runAs.warn(of: plan, context.world.output)
        let path = runAs.runAs == nil ? "crontab" : "/etc/cron.d/\(plan.name)"
        try context.world.output.result(
            UnitDocument(
                kind: "cron", name: plan.name, command: [plan.program.string] + plan.arguments,
                files: [.init(path: path, text: try line.text() + "\n")], steps: []))
    }
}
