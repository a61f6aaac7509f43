import NIOCore
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient
@testable import TorrentCreation

/// A private torrent was asked for, and something goes wrong: it is made as asked or not at all, and nothing is seeded that
/// nobody wanted to be.
@Suite(.timeLimit(.minutes(3))) struct NeverPublicTests {
    /// What happens on the way.
    enum Fault: Hashable, CustomStringConvertible {
        /// The server refuses each request that holds this field, as often as it is asked.
        case refusal(of: String)
        /// The same, once.
        case refusalOnce(of: String)
        /// Another client deletes the task, or the server pushes it out.
        case eviction
        case evictionTwice
        case lostAnswer
        /// The answer to the fetch is another torrent of the same files.
        case otherTorrent(Aspect)
        /// The answer to the fetch is no torrent.
        case brokenTorrent

        var description: String {
            switch self {
            case .refusal(let field): "\(field) refused"
            case .refusalOnce(let field): "\(field) refused once"
            case .eviction: "evicted"
            case .evictionTwice: "evicted twice"
            case .lostAnswer: "lost answer"
            case .otherTorrent(let aspect): "another \(aspect)"
            case .brokenTorrent: "broken torrent"
            }
        }
    }

    static let fields = [
        "sourcePath", "pieceSize", "private", "comment", "source", "trackers", "urlSeeds", "startSeeding", "format",
    ]

    static let faults: [Fault] =
        fields.map { .refusal(of: $0) } + fields.map { .refusalOnce(of: $0) }
        + [.eviction, .evictionTwice, .lostAnswer, .brokenTorrent]
        + [.privacy, .trackers, .source, .comment, .format].map { .otherTorrent($0) }

    static let settings = [[:], SeedingTests.adverse]

    @Test(arguments: RealServer.creators, settings)
    func whatIsPrivateStaysSo(version: RealServer.Version, settings: [String: String]) async throws {
        try await RealServer.with(version, settings: settings) { real async throws in
            for fault in Self.faults { try await suffer(fault, on: real, "\(version), \(fault)") }
            // However it went: nothing was announced, and no task is left.
            #expect(try await real.answer(to: "torrents/info") == "[]")
            #expect(try await real.taskIDs().isEmpty)
        }
    }

    private func suffer(_ fault: Fault, on real: RealServer, _ comment: Comment) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 70_000)
        let asked = try Self.parameters()
        let order = try TorrentOrder.of(source, asked).checked()
        let disturbance = try await disturbance(fault, on: real, source)
        var made: CreatedTorrent?
        var failure: (any Error)?
        try await real.signedIn(disturbance) { session, _ in
            do { made = try await TorrentMaker(session).make(order) } catch { failure = error }
        }
        if let made {
            #expect(made.metainfo.isPrivate && made.metainfo.source == "S" && made.metainfo.comment == "c", comment)
            #expect(made.metainfo.trackers == asked.trackers && made.metainfo.format == .v1, comment)
            #expect(!made.isSeeding, comment)
            #expect(try Metainfo(Files.bytes(order.order.result)).isPrivate, comment)
        } else {
            #expect((try? order.order.result.stat()) == nil, comment)
        }
        #expect((made != nil) == Self.isOvercome(fault), "\(comment): \(String(describing: failure))")
    }

    private static func parameters(besides aspect: Aspect? = nil) throws -> CreationParameters {
        try CreationParameters(
            format: aspect == .format ? .v2 : .v1, isPrivate: aspect != .privacy, pieceSize: 32_768,
            comment: aspect == .comment ? "" : "c", source: aspect == .source ? "T" : "S",
            trackers: aspect == .trackers ? [] : [["http://a.example/key"], ["http://b.example"]])
    }

    /// Tuning may be dropped once, and a lost task is made once more. Nothing else is got over.
    private static func isOvercome(_ fault: Fault) -> Bool {
        switch fault {
        // The piece size is what is dropped: 0 takes its place.
        case .refusal: false
        case .refusalOnce, .eviction, .lostAnswer: true
        case .evictionTwice, .otherTorrent, .brokenTorrent: false
        }
    }

    private func disturbance(
        _ fault: Fault, on real: RealServer, _ source: FilePath
    ) async throws -> Disturbance {
        var disturbance = Disturbance()
        switch fault {
        case .refusal(let field), .refusalOnce(let field):
            let times: Int
            if case .refusalOnce = fault { times = 1 } else { times = .max }
            let left = Countdown(times)
            disturbance.instead = { request in
                guard request.endpoint == "torrentcreator/addTask", Self.holds(field, request), left.step() else {
                    return nil
                }
                return Response(status: 400)
            }
        case .eviction, .evictionTwice:
            let left = Countdown(fault == .eviction ? 1 : 2)
            disturbance.before = { request throws(TransportError) in
                guard request.endpoint == "torrentcreator/torrentFile", left.step(),
                    let id = request.query.first?.value
                else { return }
                try? await real.signedIn { session, _ in try await TorrentCreator(session).deleteTask(id) }
            }
        case .lostAnswer:
            disturbance.after = { request, answer throws(TransportError) in
                if request.endpoint == "torrentcreator/addTask" { throw .unreachable(.closed) }
                return answer
            }
        case .otherTorrent(let aspect):
            let other = try TorrentOrder.of(
                source, Self.parameters(besides: aspect), result: FilePath(source.string + ".other")
            ).checked()
            let made = try await real.signedIn { session, _ in try await TorrentMaker(session).make(other) }
            let bytes = try Files.bytes(made.path)
            disturbance.after = { request, answer throws(TransportError) in
                request.endpoint == "torrentcreator/torrentFile" ? Response(status: 200, body: bytes) : answer
            }
        case .brokenTorrent:
            disturbance.after = { request, answer throws(TransportError) in
                guard request.endpoint == "torrentcreator/torrentFile" else { return answer }
                return Response(status: 200, body: Array(answer.body.dropLast()))
            }
        }
        return disturbance
    }

    private static func holds(_ field: String, _ request: Request) -> Bool {
        let body = request.body.map { String(buffer: $0.buffer) } ?? ""
        return body.split(separator: "&").contains { $0.hasPrefix(field + "=") }
    }
}
