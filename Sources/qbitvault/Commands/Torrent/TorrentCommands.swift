import ArgumentParser

/// `qbitvault torrent …`
struct TorrentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torrent", abstract: "Look at .torrent files.", subcommands: [TorrentShow.self])
}
