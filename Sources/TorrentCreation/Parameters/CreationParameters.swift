/// How a torrent is to be made: every parameter of the Torrent Creator API but the paths, checked when it is built.
package struct CreationParameters: Hashable, Sendable {
    package let format: TorrentFormat
    package let isPrivate: Bool
    /// In bytes, a power of two from 16 KiB to 128 MiB. Nil lets the server choose.
    package private(set) var pieceSize: Int?
    /// Empty where there is none.
    package let comment: String
    /// The tracker's own mark in the info dictionary, which makes another info-hash. Empty where there is none.
    package let source: String
    /// Tiers, the first to be asked first; none of them is empty.
    package let trackers: [[String]]
    package let webSeeds: [String]
    /// Leaves names that begin with a dot out. Older servers than Web API 2.16 always do.
    package let ignoreDotfiles: Bool
    /// Reorders files for large ones to begin with a piece. For servers with libtorrent 1.2 alone.
    package private(set) var optimizeAlignment: Bool?
    /// From how many bytes on a file is aligned. For servers with libtorrent 1.2 alone.
    package private(set) var paddedFileSizeLimit: Int?

    package static let trackerSchemes = ["http", "https", "udp", "ws", "wss"]
    package static let webSeedSchemes = ["http", "https", "ftp"]

    /// - Parameter trackers: an empty tier is left out.
    package init(
        format: TorrentFormat = .hybrid,
        isPrivate: Bool = false,
        pieceSize: Int? = nil,
        comment: String = "",
        source: String = "",
        trackers: [[String]] = [],
        webSeeds: [String] = [],
        ignoreDotfiles: Bool = true,
        optimizeAlignment: Bool? = nil,
        paddedFileSizeLimit: Int? = nil
    ) throws(ParameterError) {
        if let pieceSize { _ = try PieceSize.checked(pieceSize) }
        if let limit = paddedFileSizeLimit, limit < 0 {
            throw ParameterError(.outOfRange(limit, allowed: 0...Int.max), in: .paddedFileSizeLimit)
        }
        if comment.utf8.contains(0) { throw ParameterError(.holdsNUL, in: .comment) }
        if source.utf8.contains(0) { throw ParameterError(.holdsNUL, in: .source) }
        for (tier, members) in trackers.enumerated() {
            for (place, tracker) in members.enumerated() {
                _ = try WebAddress(tracker, schemes: Self.trackerSchemes, field: .tracker(tier: tier, place: place))
            }
        }
        for (place, seed) in webSeeds.enumerated() {
            _ = try WebAddress(seed, schemes: Self.webSeedSchemes, field: .webSeed(place: place))
        }

        self.format = format
        self.isPrivate = isPrivate
        self.pieceSize = pieceSize
        self.comment = comment
        self.source = source
        self.trackers = trackers.filter { !$0.isEmpty }
        self.webSeeds = webSeeds
        self.ignoreDotfiles = ignoreDotfiles
        self.optimizeAlignment = optimizeAlignment
        self.paddedFileSizeLimit = paddedFileSizeLimit
    }

    /// The same without the parameters that only tune how pieces are cut, for a server that refuses them. All that
    /// says what the torrent is stays.
    package func withoutTuning() -> CreationParameters {
        var plain = self
        plain.pieceSize = nil
        plain.optimizeAlignment = nil
        plain.paddedFileSizeLimit = nil
        return plain
    }
}
