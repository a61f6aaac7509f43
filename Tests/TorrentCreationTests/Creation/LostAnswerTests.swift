import QBittorrentClient
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// The server has taken the task, and what it answered did not arrive.
@Suite struct LostAnswerTests {
    /// What arrives in the answer's place.
    enum Loss: CaseIterable {
        case closed, timedOut, badGateway, anotherAnswer, page

        func of(_ answer: Response) throws(TransportError) -> Response {
            switch self {
            case .closed: throw .unreachable(.closed)
            case .timedOut: throw .timedOut
            case .badGateway: Response(status: 502)
            case .anotherAnswer: Response(status: 200, contentType: "text/plain", body: Array("Ok.".utf8))
            case .page: Response(status: 200, contentType: "text/html", body: Array("<html>".utf8))
            }
        }
    }

    private func losing(_ loss: Loss) -> Disturbance {
        var disturbance = Disturbance()
        disturbance.after = { request, answer throws(TransportError) in
            request.endpoint == "torrentcreator/addTask" ? try loss.of(answer) : answer
        }
        return disturbance
    }

    @Test(arguments: RealServer.creators)
    func theTaskIsFoundAgain(version: RealServer.Version) async throws {
        let parameters = try CreationParameters(
            format: .v1, isPrivate: true, pieceSize: 65_536, comment: "ü & c", source: "S",
            trackers: [["http://a.example/%41", "http://b.example"], ["http://c.example"]],
            webSeeds: ["http://w.example/ü"])
        try await RealServer.with(version) { real async throws in
            for loss in Loss.allCases {
                let scratch = try ScratchFolder()
                let order = try TorrentOrder.of(scratch.file("a + b", size: 70_000), parameters).checked()
                try await real.signedIn(losing(loss)) { session, transport in
                    let made = try await TorrentMaker(session).make(order)
                    #expect(made.verification.isSound, "\(loss)")
                    #expect(transport.count(of: "torrentcreator/addTask") == 1, "\(loss)")
                }
                #expect(try await real.taskIDs().isEmpty, "\(loss)")
            }
        }
    }

    /// Another client asks for the same source in another way, at the same time. Its task is not taken for ours.
    @Test(arguments: RealServer.creators)
    func anothersTaskIsNotTaken(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 70_000)
        let order = try TorrentOrder.of(source, CreationParameters(trackers: [["http://a.example"]])).checked()
        try await RealServer.with(version) { real async throws in
            try await real.signedIn { other, _ in
                let others = try await TorrentCreator(other)
                var disturbance = Disturbance()
                // In the very moment between the look at the list and our own request, which never arrives.
                disturbance.before = { request throws(TransportError) in
                    guard request.endpoint == "torrentcreator/addTask" else { return }
                    _ = try? await others.addTask(CreatorRequest(sourcePath: source.string))
                    throw .unreachable(.closed)
                }
                let code = await CreationError.code {
                    try await real.signedIn(disturbance) { session, _ in
                        _ = try await TorrentMaker(session).make(order)
                    }
                }
                // It is asked for once more, and then given up.
                #expect(code == .creation(.forgotten))
                #expect(try await others.tasks().count == 2)
            }
        }
    }

    /// Where two tasks could be ours, neither is touched.
    @Test func amongEqualsNothingIsTouched() async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 70_000)
        let order = try TorrentOrder.of(source).checked()
        try await RealServer.with(.v5_3) { real async throws in
            try await real.signedIn { other, _ in
                let others = try await TorrentCreator(other)
                var disturbance = losing(.closed)
                disturbance.before = { request throws(TransportError) in
                    guard request.endpoint == "torrentcreator/addTask" else { return }
                    var equal = CreatorRequest(sourcePath: source.string)
                    equal.format = .hybrid
                    _ = try? await others.addTask(equal)
                }
                let code = await CreationError.code {
                    try await real.signedIn(disturbance) { session, _ in
                        _ = try await TorrentMaker(session).make(order)
                    }
                }
                #expect(code != nil)
                #expect(try await others.tasks().count == 2)
            }
        }
    }

    /// Nobody has seen the request: it is not looked for.
    @Test func whatWasNeverSentIsNotLookedFor() async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("source")).checked()
        var disturbance = Disturbance()
        disturbance.before = { request throws(TransportError) in
            if request.endpoint == "torrentcreator/addTask" { throw .unreachable(.refused) }
        }
        try await RealServer.shared(.v5_3).signedIn(disturbance) { session, transport in
            let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
            #expect(code != nil)
            #expect(transport.count(of: "torrentcreator/status") == 1)
        }
    }

    /// A task that is evicted is made again, once.
    @Test(arguments: RealServer.creators)
    func anEvictedTaskIsMadeAgain(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let order = try TorrentOrder.of(scratch.file("source")).checked()
        let real = try await RealServer.shared(version)
        try await real.signedIn { other, _ in
            let others = try await TorrentCreator(other)
            for times in 1...2 {
                let evictions = Countdown(times)
                var disturbance = Disturbance()
                disturbance.before = { request throws(TransportError) in
                    guard request.endpoint == "torrentcreator/torrentFile", evictions.step() else { return }
                    for field in request.query { try? await others.deleteTask(field.value) }
                }
                try await real.signedIn(disturbance) { [order] session, transport in
                    let code = await CreationError.code { _ = try await TorrentMaker(session).make(order) }
                    #expect(code == (times == 1 ? nil : .creation(.forgotten)))
                    #expect(transport.count(of: "torrentcreator/addTask") == 2)
                }
                try? Files.remove(order.order.result)
            }
        }
    }
}
