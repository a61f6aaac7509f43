import ArgumentParser

/// `qbitvault path …`
struct PathCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "How the server sees this machine's folders.",
        subcommands: [PathMapCommand.self, PathCheck.self])
}
