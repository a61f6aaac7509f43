import ArgumentParser

/// `qbitvault rotate …`
struct RotateCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Change secrets safely.", subcommands: [RotateVaultKey.self])
}
