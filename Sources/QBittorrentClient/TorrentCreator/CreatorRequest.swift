/// Everything that a torrent can be asked to be. Paths are as the server sees them.
package struct CreatorRequest: Hashable, Sendable {
    package enum Format: String, Sendable { case v1, v2, hybrid }

    package var sourcePath: String
    /// Nil for the server's own choice, hybrid.
    package var format: Format?
    /// In bytes; 0 lets the server choose. Below 16 KiB it blocks the queue of 5.1.0 (observed).
    package var pieceSize = 0
    package var isPrivate = false
    package var comment = ""
    package var source = ""
    /// Tiers, the first one first. No URL may hold a `|`.
    package var trackers: [[String]] = []
    package var urlSeeds: [String] = []
    /// Where the server itself is to write the file as well.
    package var torrentFilePath: String?
    /// Whether the server adds the torrent at once, unverified. Always sent: left out, it is true (observed).
    package var startSeeding = false
    /// Whether files whose names begin with a dot are left out. Servers before 5.3.0 always leave them out.
    package var ignoresDotfiles = true
    /// Sent to servers with libtorrent 1.x alone: later ones have no such choice.
    package var optimizesAlignment: Bool?
    /// In bytes. Sent to servers with libtorrent 1.x alone.
    package var paddedFileSizeLimit: Int?

    package init(sourcePath: String) { self.sourcePath = sourcePath }
}

extension CreatorRequest {
    /// The fields of `addTask`.
    ///
    /// - Parameter libtorrent: the server's, such as `2.0.11.0`.
    func fields(in dialect: Dialect, libtorrent: String) -> [Field] {
        var fields = [
            Field("sourcePath", sourcePath),
            Field("pieceSize", String(pieceSize)),
            Field("private", String(isPrivate)),
            Field("comment", comment),
            Field("source", source),
            Field("trackers", dialect.list(trackers)),
            Field("urlSeeds", dialect.list([urlSeeds])),
            Field("startSeeding", String(startSeeding)),
        ]
        if let format { fields.append(Field("format", format.rawValue)) }
        if let torrentFilePath { fields.append(Field("torrentFilePath", torrentFilePath)) }
        if dialect.knowsIgnoreDotfiles { fields.append(Field("ignoreDotfiles", String(ignoresDotfiles))) }
        if libtorrent.hasPrefix("1.") {
            if let optimizesAlignment { fields.append(Field("optimizeAlignment", String(optimizesAlignment))) }
            if let paddedFileSizeLimit { fields.append(Field("paddedFileSizeLimit", String(paddedFileSizeLimit))) }
        }
        return fields
    }
}
