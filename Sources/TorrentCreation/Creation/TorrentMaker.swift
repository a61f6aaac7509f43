package import QBittorrentClient

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
        _ checked: CheckedOrder, report: @escaping @Sendable (CreationDriver.Progress) -> Void = { _ in }
    ) async throws(CreationError) -> CreatedTorrent {
        let order = checked.order
        if checked.needsDotfiles, !creator.dialect.knowsIgnoreDotfiles {
            let needed = ServerError(.tooOld(needs: WebAPIVersion(2, 16)), at: session.server, "torrentcreator/addTask")
            throw order.error(.server(needed))
        }
        let driver = CreationDriver(creator: creator, limits: limits, report: report)
        let (file, metainfo, verification) = try await driver.make(order) { made throws(CreationError) in
            let (metainfo, verification) = try order.take(made, checked.listing)
            return (made.file, metainfo, verification)
        }
        var state: SeedingState?
        if let options = order.seeding {
            do throws(ServerError) {
                state = try await Seeding(session, of: metainfo).start(file, options, source: order.mapping.there)
            } catch { throw order.error(.seeding(error, saved: order.result)) }
        }
        return CreatedTorrent(path: order.result, metainfo: metainfo, verification: verification, state: state)
    }
}
