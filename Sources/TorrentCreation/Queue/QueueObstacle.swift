import QBittorrentClient

/// What a source waits behind on the server.
package struct QueueObstacle: Hashable, Sendable {
    /// The task that runs; nil where none does.
    package let id: String?
    /// As the server sees it.
    package let sourcePath: String?
    /// In percent.
    package let progress: Int?
    /// Tasks in the list that are not of this run.
    package let others: Int

    init(_ tasks: [CreatorTask], ours: Set<String>) {
        let running = tasks.first { $0.status == .running && !ours.contains($0.id) }
        id = running?.id
        sourcePath = running?.sourcePath
        progress = running?.progress
        others = tasks.count { !ours.contains($0.id) }
    }
}
