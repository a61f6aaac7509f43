import QBittorrentClient
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// A creation that is cancelled while one of its requests is on its way, or its answer is.
@Suite struct CancellationTests {
    enum Moment: CaseIterable { case before, after }

    static let endpoints = [
        "torrentcreator/addTask", "torrentcreator/status", "torrentcreator/torrentFile", "torrentcreator/deleteTask",
    ]

    @Test func noTaskIsLeft() async throws {
        try await RealServer.with(.v5_3) { real async throws in
            for endpoint in Self.endpoints {
                for moment in Moment.allCases { try await cancel(moment, endpoint, real) }
            }
        }
    }

    private func cancel(_ moment: Moment, _ endpoint: String, _ real: RealServer) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("source", size: 100_000)).checked()
        let canceller = Canceller()
        let disturbance = canceller.cancelling(moment, endpoint)
        let way = Mutex<DisturbedTransport?>(nil)
        let code = await canceller.run {
            await CreationError.code {
                try await real.signedIn(disturbance) { session, transport in
                    way.withLock { $0 = transport }
                    _ = try await TorrentMaker(session).make(order)
                }
            }
        }
        // From the moment that the file has arrived, it is saved.
        let isSaved =
            endpoint == "torrentcreator/deleteTask" || (endpoint == "torrentcreator/torrentFile" && moment == .after)
        #expect(code == (isSaved ? nil : .cancelled), "\(moment) \(endpoint)")
        #expect(((try? order.order.result.stat()) != nil) == isSaved, "\(moment) \(endpoint)")
        #expect(try await real.taskIDs().isEmpty, "\(moment) \(endpoint)")
        #expect(way.withLock { $0?.endpoints.last } == "auth/logout", "\(moment) \(endpoint)")
    }

    @Test(arguments: RealServer.creators)
    func aLongHashIsStopped(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.sparseFile("source", size: 1 << 40)).checked()
        try await RealServer.with(version) { real async throws in
            let canceller = Canceller()
            let code = await canceller.run {
                await CreationError.code {
                    try await real.signedIn { session, _ in
                        let maker = try await TorrentMaker(session)
                        _ = try await maker.make(order) { if case .running = $0 { canceller.cancel() } }
                    }
                }
            }
            #expect(code == .cancelled)
            #expect(try await real.taskIDs().isEmpty)
            #expect(try Files.all(below: scratch.path) == [order.order.source])
        }
    }

    /// Nothing was begun, so nothing is to be undone.
    @Test func oneThatIsCancelledFromTheStartSubmitsNothing() async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("source")).checked()
        let real = try await RealServer.shared(.v5_1)
        try await real.signedIn { session, transport in
            let maker = try await TorrentMaker(session)
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await CreationError.code { _ = try await maker.make(order) }
            }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(transport.count(of: "torrentcreator/addTask") == 0)
        }
    }
}

/// Runs something in a task that it can cancel itself.
private final class Canceller: Sendable {
    private let task = Mutex<Task<CreationError.Code?, Never>?>(nil)

    func run(_ body: @escaping @Sendable () async -> CreationError.Code?) async -> CreationError.Code? {
        await task.withLock { task in
            let started = Task { await body() }
            task = started
            return started
        }.value
    }

    func cancel() { task.withLock { $0?.cancel() } }

    func cancelling(_ moment: CancellationTests.Moment, _ endpoint: String) -> Disturbance {
        var disturbance = Disturbance()
        switch moment {
        case .before:
            disturbance.before = { request throws(TransportError) in
                if request.endpoint == endpoint { self.cancel() }
            }
        case .after:
            disturbance.after = { request, answer throws(TransportError) in
                if request.endpoint == endpoint { self.cancel() }
                return answer
            }
        }
        return disturbance
    }
}
