/// A task of the Torrent Creator, as the server tells it.
package struct CreatorTask: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case queued, running, finished, failed
        /// One that this client does not know.
        case other(String)
    }

    package let id: String
    /// Normalised by the server: an odd spelling does not come back as it was (observed).
    package let sourcePath: String
    package let status: Status
    /// In per cent; there only while it runs.
    package let progress: Int?
    /// The server's text; there only when it failed.
    package let errorMessage: String?
    package let format: String?
    /// In bytes: as asked for until it has finished, then the real one.
    package let pieceSize: Int?
    package let isPrivate: Bool?
    package let ignoresDotfiles: Bool?
    package let comment: String
    package let source: String
    package let torrentFilePath: String?
    /// As they were sent. The server tells tiers apart by an empty text between them (observed).
    package let trackers: [[String]]
    package let urlSeeds: [String]
    package let timeAdded: CreatorTime?
    package let timeStarted: CreatorTime?
    package let timeFinished: CreatorTime?
}

/// When something happened to a task.
package enum CreatorTime: Hashable, Sendable {
    /// Since 1970, from 5.3.0 on.
    case seconds(Int)
    /// In the server's local time, without a zone: `Sun Nov 22 17:02:12 2026`. Before 5.3.0.
    case text(String)
}
