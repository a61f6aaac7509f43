import ArgumentParser
import Glibc
import SystemPackage

/// A service for a compose file.
struct UnitCompose: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose", abstract: "Print a service for a compose file.",
        usage: "qbitvault unit compose [<options>] -- <argument> ...",
        discussion: """
            The key reaches it as a secret, what the command line names is mounted where it lies here, and its state is in \
            a volume. Compose has no clock: start it by `docker compose run --rm NAME` from a timer or cron.
            """)

    @OptionGroup var unit: UnitArguments
    @Option(help: ArgumentHelp("The image that holds qbitvault.", valueName: "image"))
    var image = "qbitvault"
    @Option(help: ArgumentHelp("Whom it runs as; otherwise you.", valueName: "uid:gid"))
    var runAs: String?
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if image.isEmpty || image.contains(where: \.isWhitespace) { throw ValidationError("--image names no image.") }
        guard let runAs else { return }
        let numbers = runAs.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
        guard numbers.count == 2, !numbers.contains(nil) else {
            throw ValidationError("--run-as takes two numbers: of the user and of the group, such as 1000:1000.")
        }
    }

    func run(in context: Context) async throws {
        let plan = try UnitPlan(unit, in: context, global)
        try plan.checkPaths()
        if case .keyring = plan.credentials.store {
            throw Problem(
                .noKeyringService, "No keyring is in a container.", at: "credentials.store",
                next: "keep a vault: qbitvault setup --store vault")
        }
        if plan.credentials.asksProgram || plan.files.becomes != nil {
            context.world.output.note("it runs another program, which the image has to hold too")
        }
        let fragment = ComposeFragment(plan: plan, image: image, user: runAs ?? "\(geteuid()):\(getegid())")
        try context.world.output.result(
            UnitDocument(
                kind: "compose", name: plan.name, command: fragment.command,
                files: [.init(path: "compose.yaml", text: fragment.text)], steps: fragment.steps))
    }
}
