package import QBittorrentClient
import SystemPackage

/// Makes torrents on a server that a session is signed in to: create, fetch, verify, save, and only then seed.
package struct TorrentMaker: Sendable {
    private let session: Session
    private let creator: TorrentCreator
    private let limits: Creation.Limits

    /// - Throws: `ServerError.Code.tooOld` where the server has no Torrent Creator; nothing was changed then.
    package init(_ session: Session, limits: Creation.Limits = Creation.Limits()) async throws(ServerError) {
        self.session = session
        self.limits = limits
        creator = try await TorrentCreator(session)
    }

    package func make(
        _ order: TorrentOrder, report: @escaping @Sendable (CreationDriver.Progress) -> Void = { _ in }
    ) async throws(CreationError) -> CreatedTorrent {
        try order.checkResult()
        let listing = try order.listSource()
        let driver = CreationDriver(creator, limits: limits, report: report)
        let file: [UInt8]
        do throws(CreationFault) { file = try await driver.make(order.mapping.there, order.parameters) } catch {
            throw order.failure(error)
        }
        let (metainfo, verification) = try order.verify(file, listing)
        try order.save(file)
        if let options = order.seeding {
            do throws(ServerError) { try await Torrents(session).add(file, options.saving(beside: order)) } catch {
                throw order.error(.seeding(error, saved: order.result))
            }
        }
        return CreatedTorrent(
            path: order.result, metainfo: metainfo, verification: verification, isSeeding: order.seeding != nil
        )
    }
}

extension Torrents.Options {
    /// Where nobody says otherwise, the files lie where the torrent was made of them.
    fileprivate func saving(beside order: TorrentOrder) -> Torrents.Options {
        guard savePath == nil else { return self }
        var options = self
        options.savePath = FilePath(order.mapping.there).removingLastComponent().string
        return options
    }
}
