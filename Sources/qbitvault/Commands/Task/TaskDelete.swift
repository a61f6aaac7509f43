import ArgumentParser
import QBittorrentClient

/// Deletes tasks that are named.
struct TaskDelete: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete tasks by their ids, whoever has made them.",
        discussion: "One that runs is stopped. What it has made is lost, unless it was fetched.")

    @Argument(help: ArgumentHelp("Tasks, as `task list` calls them.", valueName: "id"))
    var ids: [String]

    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        let ids = ids
        try await context.signedIn(credentials) { signedIn in
            let creator = try await TorrentCreator(signedIn.session)
            let there = Set(try await creator.tasks().map(\.id))
            // All or nothing: a mistyped one is told before others are gone.
            if let missing = ids.first(where: { !there.contains($0) }) { throw Problem.noTask(missing) }
            for id in ids { try await creator.deleteTask(id) }
        }
        try context.world.output.done(
            "\(ids.count) task\(ids.count == 1 ? "" : "s") deleted", DeletedTasks(deleted: ids, left: []))
    }
}

/// What is told after tasks were deleted.
struct DeletedTasks: Encodable {
    let deleted: [String]
    /// Those that could not be.
    let left: [String]
}
