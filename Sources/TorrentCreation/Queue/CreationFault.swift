import QBittorrentClient

/// Why a creation ended without a torrent.
enum CreationFault: Error, Hashable {
    case server(ServerError)
    case creation(Creation.Failure)
    case cancelled

    init(_ error: ServerError) { self = error.code == .transport(.cancelled) ? .cancelled : .server(error) }
}
