import QBittorrentClient
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// A server that refuses the parameters, which none of those at hand does: it is stood in for once or twice.
@Suite struct RefusedParametersTests {
    private func refusing(_ times: Int) -> Disturbance {
        let left = Countdown(times)
        var disturbance = Disturbance()
        disturbance.instead = { request in
            request.endpoint == "torrentcreator/addTask" && left.step() ? Response(status: 400) : nil
        }
        return disturbance
    }

    private func order(_ scratch: ScratchFolder) throws -> CheckedOrder {
        let parameters = try CreationParameters(
            format: .v1, isPrivate: true, pieceSize: 1 << 20, comment: "c", source: "S",
            trackers: [["http://a.example"]], optimizeAlignment: true)
        return try TorrentOrder.of(scratch.file("source", size: 70_000), parameters).checked()
    }

    /// What says what the torrent is stays.
    @Test(arguments: RealServer.creators)
    func onlyWhatTunesIsLeftOut(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let order = try order(scratch)
        let said = Mutex(0)
        let made = try await RealServer.shared(version).signedIn(refusing(1)) { session, _ in
            try await TorrentMaker(session).make(order) { event in
                if case .withoutTuning(0) = event { said.withLock { $0 += 1 } }
            }
        }
        let torrent = made.metainfo
        #expect(torrent.pieceLength != 1 << 20)
        #expect(torrent.format == .v1 && torrent.isPrivate && torrent.comment == "c" && torrent.source == "S")
        #expect(torrent.trackers == [["http://a.example"]])
        #expect(made.verification.unverified.map(\.aspect) == [.pieceSize])
        #expect(said.withLock { $0 } == 1)
    }

    @Test func twiceIsTheEnd() async throws {
        let scratch = try ScratchFolder()
        let order = try order(scratch)
        try await RealServer.shared(.v5_3).signedIn(refusing(3)) { session, transport in
            let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
            #expect(code == .creation(.parametersRefused))
            #expect(transport.count(of: "torrentcreator/addTask") == 2)
        }
    }
}
