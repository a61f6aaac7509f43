import SystemPackage

/// What earlier runs have made, asked without a server.
package struct EarlierRuns: Sendable {
    private let made: MadeTorrents?
    private let saving: [String: MadeTorrent]
    private let key: [UInt8]

    /// - Parameter memory: nil where no run has been.
    package init(_ memory: CreationMemory?) {
        made = memory.map { MadeTorrents($0) }
        saving = memory.map { AbandonedJournal.saving(in: $0.folder, of: $0.server) } ?? [:]
        key = memory?.key ?? []
    }

    package enum Look: Sendable {
        /// It was made, and is still right.
        case already(MadeTorrent)
        /// To be made, and in order as far as can be seen here.
        case checked(CheckedOrder)
    }

    /// - Parameter makesAgain: whether what was made is made again.
    package func look(_ order: TorrentOrder, makesAgain: Bool) throws(CreationError) -> Look {
        if !makesAgain, let torrent = made?.torrent(at: order.result), order.seeding == nil || torrent.isSeeded,
            saving[order.result.string] == nil
        {
            let listing = order.readListing()
            if torrent.isStill(order, listing, key: key) { return .already(torrent) }
        }
        let ours = [saving[order.result.string], made?.torrent(at: order.result)]
        let isOurs = ours.contains { $0?.isUntouched == true }
        return .checked(try (isOurs ? order.overwriting() : order).checked())
    }
}
