import QBittorrentClient

extension CreatorRequest {
    /// Nothing is announced before the torrent is known to be right: it never starts seeding by itself.
    init(_ there: String, _ parameters: CreationParameters) {
        self.init(sourcePath: there)
        format = Format(rawValue: parameters.format.rawValue)
        pieceSize = parameters.pieceSize ?? 0
        isPrivate = parameters.isPrivate
        comment = parameters.comment
        source = parameters.source
        trackers = parameters.trackers
        urlSeeds = parameters.webSeeds
        startSeeding = false
        ignoresDotfiles = parameters.ignoreDotfiles
        optimizesAlignment = parameters.optimizeAlignment
        paddedFileSizeLimit = parameters.paddedFileSizeLimit
    }
}
