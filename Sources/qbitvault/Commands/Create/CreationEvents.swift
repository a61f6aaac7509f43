import TorrentCreation

/// The server has got a task.
struct QueuedEvent: Encodable {
    let event = "queued"
    let index: Int
    let source: String
    let task: String
}

/// The server is at it.
struct RunningEvent: Encodable {
    let event = "running"
    let index: Int
    let percent: Int?
}

/// A torrent that an earlier run has made.
struct SkippedEvent: Encodable, CustomStringConvertible {
    let event = "skipped"
    let index: Int
    let source: String
    let path: String
    let infoHashV1: String?
    let infoHashV2: String?
    /// When it was made, in seconds since 1970.
    let made: Int

    private enum CodingKeys: String, CodingKey {
        case event, index, source, path, made
        case infoHashV1 = "info_hash_v1"
        case infoHashV2 = "info_hash_v2"
    }

    init(index: Int, source: String, _ torrent: MadeTorrent) {
        self.index = index
        self.source = source
        path = torrent.path
        infoHashV1 = torrent.infoHashV1
        infoHashV2 = torrent.infoHashV2
        made = torrent.time
    }

    var description: String {
        var lines = ["\(path.inOneLine)", "  made before, and nothing has changed (--again makes it anew)"]
        if let infoHashV1 { lines.append("  info-hash v1: \(infoHashV1)") }
        if let infoHashV2 { lines.append("  info-hash v2: \(infoHashV2)") }
        return lines.joined(separator: "\n")
    }
}

/// A source that has failed.
struct FailedEvent: Encodable {
    let event = "failed"
    let index: Int
    let source: String
    /// The exit status that it stands for.
    let status: Int32
    let code: String
    let message: String
    let place: String?
    let next: String?

    private enum CodingKeys: String, CodingKey {
        case event, index, source, status, code, message, next
        case place = "where"
    }

    init(index: Int, source: String, _ problem: Problem) {
        self.index = index
        self.source = source
        status = problem.status.rawValue
        code = problem.status.code
        message = problem.what
        place = problem.place
        next = problem.next
    }
}
