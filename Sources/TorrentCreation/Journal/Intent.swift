import QBittorrentClient

/// A task that the server was about to be asked for.
struct Intent: Codable, Hashable, Sendable {
    /// Counted in its run; a task that is asked for once more is another one. Below 0 where it was taken over from an
    /// earlier run.
    var number: Int
    /// The source as the server sees it.
    let there: String
    /// Where the torrent goes, absolute.
    let result: String
    let isPrivate: Bool
    let format: String?
    /// In bytes; 0 leaves it to the server.
    let pieceSize: Int
    /// The keyed hash of comment, source, trackers and web seeds.
    let rest: String
    /// The fingerprint of the files; nil where they could not be seen.
    let files: String?

    init(_ number: Int, _ request: CreatorRequest, result: String, files: String?, key: [UInt8]) {
        self.number = number
        there = request.sourcePath
        self.result = result
        isPrivate = request.isPrivate
        format = request.format?.rawValue
        pieceSize = request.pieceSize
        rest = Self.rest(request.comment, request.source, request.trackers, request.urlSeeds, key)
        self.files = files
    }

    /// Whether it may have become this task, as far as a task tells. Its piece size is the real one when it has
    /// finished, so that says something only where it was asked for.
    func isMet(by task: CreatorTask, key: [UInt8]) -> Bool {
        task.sourcePath == there && task.isPrivate == isPrivate && (format == nil || task.format == format)
            && (pieceSize == 0 || task.pieceSize == pieceSize)
            && rest == Self.rest(task.comment, task.source, task.trackers, task.urlSeeds, key)
    }

    /// Whether a task made for it is what this request asks for, of the same files.
    func serves(_ request: CreatorRequest, files: String?, key: [UInt8]) -> Bool {
        guard let files, files == self.files else { return false }
        return self == Intent(number, request, result: result, files: files, key: key)
    }

    private static func rest(
        _ comment: String, _ source: String, _ trackers: [[String]], _ seeds: [String], _ key: [UInt8]
    ) -> String {
        var hash = KeyedHash(key: key)
        hash.add([comment, source])
        hash.add(["\(trackers.count)"])
        for tier in trackers { hash.add(tier) }
        hash.add(seeds)
        return hash.finish()
    }
}
