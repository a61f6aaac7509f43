import QBittorrentClient

extension CreatorTask {
    /// Whether it is what this request asks for, as far as a task tells. Its piece size is the real one when it has
    /// finished, so that says something only where it was asked for.
    func isMade(from request: CreatorRequest) -> Bool {
        sourcePath == request.sourcePath && isPrivate == request.isPrivate && comment == request.comment
            && source == request.source && trackers == request.trackers && urlSeeds == request.urlSeeds
            && (request.format.map { $0.rawValue == format } ?? true)
            && (request.pieceSize == 0 || request.pieceSize == pieceSize)
    }
}
