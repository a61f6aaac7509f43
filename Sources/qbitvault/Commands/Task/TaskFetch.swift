import ArgumentParser
import QBittorrentClient
import SecureFiles
import SystemPackage
import TorrentCreation

/// Fetches the torrent that a finished task has made.
struct TaskFetch: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Save the torrent of a finished task.",
        discussion: """
            The task stays where it is. What it was asked for is not known here, so nothing is compared: look at it with \
            `torrent show`.
            """)

    @Argument(help: ArgumentHelp("The task, as `task list` calls it.", valueName: "id"))
    var id: String

    @Option(name: [.short, .long], help: ArgumentHelp("A folder, or the file to be.", valueName: "path"))
    var output = "."

    @Flag(help: "Replace a file that is there already.")
    var overwrite = false

    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output names nothing; `.` is the folder you are in.") }
    }

    func run(in context: Context) async throws {
        let id = id
        let bytes = try await context.signedIn(credentials) { signedIn in
            let creator = try await TorrentCreator(signedIn.session)
            do throws(ServerError) { return try await creator.torrentFile(id) } catch {
                switch error.code {
                case .notFound: throw Problem.noTask(id)
                case .unfinished: throw Problem(withoutTorrent: try await creator.task(id))
                default: throw error
                }
            }
        }
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo(bytes) } catch {
            throw Problem(
                .resultNotAsAsked, "What the server sent is no torrent: \(error.sentence).", at: id, next: "try again")
        }
        let path = place(metainfo.name)
        do throws(FileError) {
            let staged = try StagedFile(for: path, mode: nil)
            try staged.write(bytes.span)
            try staged.commit(replacing: overwrite)
        } catch { throw Problem(writing: error) }
        context.world.output.note("saved as \(path)")
        try context.world.output.result(
            TorrentReport(metainfo, file: path.string, isRevealed: false, listsAll: context.world.output.isJSON))
    }

    private func place(_ name: String) -> FilePath {
        let path = FilePath(output)
        guard output.hasSuffix("/") || (try? path.stat())?.type == .directory else { return path }
        return path.appending(ResultOptions.fileName(for: name))
    }
}

extension Problem {
    /// A task that has made none.
    fileprivate init(withoutTorrent task: CreatorTask) {
        if task.status == .failed {
            self.init(
                .creationFailed, "The task has failed: \((task.errorMessage ?? "").inOneLine)", at: task.id,
                next: "qbitvault task delete \(task.id)")
        } else {
            self.init(
                .serverError, "The task has made no torrent yet: it is \(task.status.word).", at: task.id,
                next: "wait: qbitvault task list")
        }
    }

    static func noTask(_ id: String) -> Problem {
        Problem(
            .serverError, "The server has no such task: it was deleted, or pushed out, or the server restarted.",
            at: id, next: "qbitvault task list")
    }
}
