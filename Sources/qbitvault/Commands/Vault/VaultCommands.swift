import ArgumentParser

/// `qbitvault vault …`
struct VaultCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Make the encrypted vault, look at it, and look after it.",
        subcommands: [
            VaultInit.self, VaultStatusCommand.self, VaultVerify.self, VaultTrust.self, VaultRecover.self,
            VaultResolve.self, SlotCommands.self,
        ])
}
