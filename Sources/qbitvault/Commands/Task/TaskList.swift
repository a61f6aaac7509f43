import ArgumentParser
import QBittorrentClient

/// Lists the tasks of the server's Torrent Creator.
struct TaskList: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the server's tasks: which are ours, and how far they are.")

    @Flag(help: "Only those that this program has made.")
    var ours = false

    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let tasks = try await context.signedIn(credentials) { try await TorrentCreator($0.session).tasks() }
        let own = try context.ownTasks(among: tasks)
        let rows = tasks.map { TaskRow($0, isOurs: own.contains($0.id)) }.filter { !ours || $0.isOurs }
        try context.world.output.result(TaskRows(tasks: rows))
    }
}

/// What `task list` tells.
private struct TaskRows: Encodable, CustomStringConvertible {
    let tasks: [TaskRow]

    var description: String { tasks.isEmpty ? "no tasks" : tasks.map(\.line).joined(separator: "\n") }
}
