import ArgumentParser

/// Keeps qBittorrent credentials safe and uses them well.
@main
struct QBitVault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qbitvault",
        abstract: "Keeps qBittorrent credentials safe and uses them well.",
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Set-up",
                subcommands: [Setup.self, VaultCommands.self, CredentialCommands.self, TrustCommands.self]),
            CommandGroup(
                name: "Use",
                subcommands: [
                    Check.self, Create.self, TaskCommands.self, TorrentCommands.self, PathCommands.self, Exec.self,
                    API.self, ServerHash.self,
                ]),
            CommandGroup(
                name: "Upkeep", subcommands: [Doctor.self, RotateCommands.self, UnitCommands.self]),
        ]
    )

    static func main() async {
        StandardStreams.fill()
        Hardening.apply()
        Hardening.needDescriptors()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            // Help and the version are "errors" too; what a command has told already comes as a bare status.
            guard !(error is ExitCode), exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let options = CommandLine.arguments.prefix { $0 != "--" }
            Output(isJSON: options.contains("--json"), isQuiet: true).problem(Problem(usage: error))
            exit(withError: ExitCode.validationFailure)
        }
    }
}
