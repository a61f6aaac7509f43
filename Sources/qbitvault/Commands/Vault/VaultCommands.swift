import ArgumentParser

/// `qbitvault vault …`
struct VaultCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Make and look at the encrypted vault.",
        subcommands: [VaultInit.self, VaultStatusCommand.self, VaultResolve.self])
}
