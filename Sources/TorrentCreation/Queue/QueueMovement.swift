import QBittorrentClient

/// Whether the server's queue moves: what stands behind a task that takes hours is not lost.
struct QueueMovement: Hashable, Sendable {
    private struct Place: Hashable, Sendable {
        let id: String
        let status: CreatorTask.Status
        /// In percent.
        let progress: Int?
    }

    private var last: Set<Place>?

    /// - Returns: whether anything but waiting has happened since the last list.
    mutating func note(_ tasks: [CreatorTask]) -> Bool {
        let places = Set(
            tasks.filter { $0.status != .queued }.map { Place(id: $0.id, status: $0.status, progress: $0.progress) })
        defer { last = places }
        return last.map { !places.subtracting($0).isEmpty } ?? false
    }
}
