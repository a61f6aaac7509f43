import ArgumentParser
import QBittorrentClient
import SecureFiles
import SystemPackage
import TorrentCreation

/// Deletes what runs that were killed have left.
struct TaskClean: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Delete the tasks that runs which were killed have left.",
        discussion: """
            Tasks of runs that live are not touched. `create` does the same when it begins, and takes over what it can use; this is \
            for who wants no torrents now. With --others, finished and failed tasks of all other clients go too.
            """)

    @Flag(help: "Finished and failed tasks of others as well.")
    var others = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func run(in context: Context) async throws {
        do { try await clean(in: context) } catch let error as FileError { throw Problem(writing: error) }
    }

    private func clean(in context: Context) async throws {
        if others, !yes { try agree(context) }
        let memory = try CreationMemory(
            in: context.world.folders.state.appending("creation"), server: context.server().origin)
        let others = others
        let (deleted, left) = try await context.signedIn(credentials) { signedIn in
            let creator = try await TorrentCreator(signedIn.session)
            var (deleted, left) = try await memory.cleanUp(creator)
            guard others else { return (deleted, left) }
            let tasks = try await creator.tasks()
            // Of runs that live.
            let own = try context.ownTasks(among: tasks)
            for task in tasks where task.status.isOver && !own.contains(task.id) {
                do throws(ServerError) {
                    try await creator.deleteTask(task.id)
                    deleted.insert(task.id)
                } catch { left.insert(task.id) }
            }
            return (deleted, left)
        }
        try context.world.output.done(
            "\(deleted.count) task\(deleted.count == 1 ? "" : "s") deleted"
                + (left.isEmpty ? "" : ", \(left.count) could not be"),
            DeletedTasks(deleted: deleted.sorted(), left: left.sorted()))
        guard !left.isEmpty else { return }
        throw Problem(
            .someFailed, "Tasks could not be deleted.", at: left.sorted().joined(separator: ", "),
            next: "try again: qbitvault task clean")
    }

    private func agree(_ context: Context) throws {
        let place = try context.server().origin
        guard context.world.prompt.isAllowed else {
            throw Problem(
                .usage, "Nobody is here to agree that tasks of others are deleted.", at: place, next: "say --yes")
        }
        let question =
            "Delete the finished and failed tasks of all other clients at \(place)? What they have not fetched is lost."
        guard try context.world.prompt.confirm(question.printable, usual: false) else {
            throw Problem(.usage, "Nothing was deleted.", at: place, next: "leave --others out")
        }
    }
}
