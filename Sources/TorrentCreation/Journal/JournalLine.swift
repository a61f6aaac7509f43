/// One line of a journal: just one of these is there.
struct JournalLine: Codable, Hashable, Sendable {
    var begun: Begun?
    /// Ids of tasks that are somebody else's: they were there before a task was asked for.
    var seen: [String]?
    var intent: Intent?
    var submitted: Submitted?
    /// A torrent is about to get its name.
    var saving: MadeTorrent?
    /// The torrent at this path has it, and stands in the list of what was made.
    var made: String?
    /// Tasks that are gone from the server.
    var deleted: [String]?

    struct Begun: Codable, Hashable, Sendable {
        /// Of the format.
        let version: Int
        /// Its origin.
        let server: String
    }

    struct Submitted: Codable, Hashable, Sendable {
        /// The number of the intent.
        let number: Int
        let id: String
    }

    static let version = 1
}
