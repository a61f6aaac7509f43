import ArgumentParser
import Glibc
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// `qbitvault task …`
struct TaskCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "The tasks of the server's Torrent Creator.",
        discussion: """
            A server has one list of tasks for all its clients. Which of them this program has made it knows by its journals; all \
            others are somebody else's, and are deleted only where that is said.
            """,
        subcommands: [TaskList.self, TaskFetch.self, TaskDelete.self, TaskClean.self])
}

extension Context {
    /// Those of the server's tasks that runs of this program have made.
    func ownTasks(among tasks: [CreatorTask]) throws -> Set<String> {
        CreationMemory.ownTasks(
            among: tasks, in: try world.folders.state.appending("creation"), of: try server().origin)
    }
}

/// A task, as people and programs are told.
struct TaskRow: Encodable {
    let id: String
    let status: String
    /// While it runs.
    let percent: Int?
    let isOurs: Bool
    /// As the server sees it.
    let source: String
    let format: String?
    let isPrivate: Bool?
    /// In tiers; what may be a pass key is left out.
    let trackers: [[String]]
    /// Seconds since 1970; from 5.3 on.
    let added: Int?
    /// In the server's own words.
    let error: String?

    private enum CodingKeys: String, CodingKey {
        case id, status, percent, source, format, trackers, added, error
        case isOurs = "ours"
        case isPrivate = "private"
    }

    init(_ task: CreatorTask, isOurs: Bool) {
        id = task.id
        status = task.status.word
        percent = task.progress
        self.isOurs = isOurs
        source = task.sourcePath
        format = task.format
        isPrivate = task.isPrivate
        trackers = task.trackers.map { $0.map { ShownAddress($0).description } }
        if case .seconds(let seconds)? = task.timeAdded { added = seconds } else { added = nil }
        error = task.errorMessage
    }

    var line: String {
        let progress = percent.map { " \($0) %" } ?? ""
        let owner = isOurs ? "ours" : "others"
        let privacy = isPrivate.map { $0 ? "private" : "public" } ?? ""
        let age = added.map { Amount.time(.seconds(max(0, Int(time(nil)) - $0))) } ?? ""
        let hosts = trackers.joined().joined(separator: " ")
        let rest = [source, hosts, error ?? ""].filter { !$0.isEmpty }.joined(separator: "  ")
        return
            "\(id)  \(owner.padded(6))  \((status + progress).padded(12))  \(privacy.padded(7))  \(age.padded(10))  \(rest)"
            .onScreen
    }
}

extension CreatorTask.Status {
    var word: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .finished: "finished"
        case .failed: "failed"
        case .other(let word): word
        }
    }

    /// Whether the server has nothing more to do for it.
    var isOver: Bool { self == .finished || self == .failed }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
