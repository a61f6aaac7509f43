import QBittorrentClient
import SystemPackage

/// A torrent that was just made, on its way into the server's own list.
struct Seeding {
    private let session: Session
    private let metainfo: Metainfo

    init(_ session: Session, of metainfo: Metainfo) {
        self.session = session
        self.metainfo = metainfo
    }

    /// - Parameter source: what the torrent was made of, as the server sees it. Where nobody says otherwise the server
    ///   finds the files there.
    func start(_ file: [UInt8], _ options: Torrents.Options, source: String) async throws(ServerError) {
        var options = options
        let folder = FilePath(source).removingLastComponent()
        if let savePath = options.savePath {
            // Only what was just hashed need not be hashed again.
            options.skipsChecking = options.skipsChecking && FilePath(savePath).lexicallyNormalized() == folder
        } else {
            options.savePath = folder.string
        }
        do throws(ServerError) { try await add(file, options) } catch {
            // 5.1.0 does not say why (observed).
            guard error.code == .torrentRefused(.unexplained), await isThere() else { throw error }
            throw ServerError(.torrentRefused(.duplicate), at: error.server, error.endpoint)
        }
    }

    /// Once it is on its way it is not cut off: whether the server has it would be anybody's guess.
    private func add(_ file: [UInt8], _ options: Torrents.Options) async throws(ServerError) {
        guard !Task.isCancelled else {
            throw ServerError(.transport(.cancelled), at: session.server, "torrents/add")
        }
        let session = session
        try await Task { () -> Result<Void, ServerError> in
            do throws(ServerError) { return .success(try await Torrents(session).add(file, options)) } catch {
                return .failure(error)
            }
        }.value.get()
    }

    private func isThere() async -> Bool {
        // The server's id of a torrent is the hash of version 1 if it has one; otherwise that of version 2, cut short.
        let hash = (metainfo.infoHashV1 ?? metainfo.infoHashV2)?.description.prefix(40) ?? ""
        let request = Request.get("torrents/properties", query: [Field("hash", String(hash))])
        return (try? await session.accepted(request)) != nil
    }
}
