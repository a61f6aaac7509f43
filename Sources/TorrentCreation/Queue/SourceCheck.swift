import QBittorrentClient
import SecureFiles
import Synchronization
import SystemPackage

/// Looks at each source before anything is sent for it.
final class SourceCheck: Sendable {
    private let creator: TorrentCreator
    private let server: Server
    private let memory: RunMemory?
    private let taking: TorrentTaking
    private let makesAgain: Bool
    /// Where the torrents of this run go.
    private let results = Mutex<Set<FilePath>>([])

    init(
        _ creator: TorrentCreator, at server: Server, _ memory: RunMemory?, _ taking: TorrentTaking, makesAgain: Bool
    ) {
        self.creator = creator
        self.server = server
        self.memory = memory
        self.taking = taking
        self.makesAgain = makesAgain
    }

    func prepare(_ supplied: Supplied?) async -> Preparation? {
        switch supplied {
        case nil: return nil
        case .failed(let source, let error)?: return .over(source: source, .failed(error))
        case .checked(let checked)?: return await prepare(checked.order) { () throws(CreationError) in checked }
        case .order(let order)?:
            return await prepare(order) { () throws(CreationError) in try check(order) }
        }
    }

    private func prepare(
        _ order: TorrentOrder, _ check: () throws(CreationError) -> CheckedOrder
    ) async -> Preparation {
        do throws(CreationError) {
            guard results.withLock({ $0.insert(order.result).inserted }) else {
                throw order.error(.sameResult(order.result))
            }
            if let outcome = try await earlier(order) { return .over(source: order.source, outcome) }
            let checked = try check()
            if checked.needsDotfiles, !creator.dialect.knowsIgnoreDotfiles {
                let needed = ServerError(.tooOld(needs: WebAPIVersion(2, 16)), at: server, "torrentcreator/addTask")
                throw order.error(.server(needed))
            }
            return .order(checked, inherited: inherited(checked))
        } catch { return .over(source: order.source, .failed(error)) }
    }

    /// How it ends where an earlier run has made the torrent, and it is still right.
    private func earlier(_ order: TorrentOrder) async throws(CreationError) -> BatchOutcome? {
        guard !makesAgain, let memory, let made = memory.torrent(at: order.result) else { return nil }
        let listing = order.readListing()
        guard made.isStill(order, listing, key: memory.key) else { return nil }
        let isKnown = memory.inheritance.torrent(at: order.result) != made
        if isKnown, order.seeding == nil || made.isSeeded { return .already(made) }
        guard let file = try? FileReading.systemFile(at: order.result, limit: 256 << 20) else { return nil }
        return try await taking.resume(CheckedOrder(order: order, listing: listing), file).map { .made($0) }
    }

    /// A torrent of our own may be replaced: nobody else has put it there, or changed it since.
    private func check(_ order: TorrentOrder) throws(CreationError) -> CheckedOrder {
        let isOurs = memory?.torrent(at: order.result)?.isUntouched == true
        return try (isOurs ? order.overwriting() : order).checked()
    }

    /// A task that an earlier run had made for just this.
    private func inherited(_ checked: CheckedOrder) -> String? {
        memory?.inheritance.task(
            for: CreatorRequest(checked.order.mapping.there, checked.order.parameters), files: checked.fingerprint)
    }
}
