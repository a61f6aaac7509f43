import ArgumentParser

/// Keeps qBittorrent credentials safe and uses them well.
@main
struct QBitVault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qbitvault",
        abstract: "Keeps qBittorrent credentials safe and uses them well.",
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(name: "Set up:", subcommands: [Setup.self, VaultCommands.self, CredentialCommands.self]),
            CommandGroup(name: "Use:", subcommands: [Check.self, Create.self, Exec.self]),
        ]
    )

    static func main() async {
        Hardening.apply()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            exit(withError: error)
        }
    }
}
