import FoundationEssentials
import QBittorrentClient
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// What is in the server's own list after a torrent was made.
@Suite struct SeedingTests {
    private struct Listed: Decodable {
        let name: String
        let hash: String
        let state: String
        let category: String
        let tags: String
        let progress: Double
        let savePath: String

        enum CodingKeys: String, CodingKey {
            case name, hash, state, category, tags, progress
            case savePath = "save_path"
        }
    }

    private func list(_ session: Session) async throws -> [Listed] {
        let answer = try await session.accepted(.get("torrents/info"))
        return try JSONDecoder().decode([Listed].self, from: Data(answer.body))
    }

    /// What is neither seeding nor on its way to it stays so, and ends the wait.
    private func settled(_ session: Session) async throws -> [Listed] {
        let restless: Set = ["checkingUP", "checkingResumeData", "moving", "checkingDL"]
        for _ in 0..<500 {
            let all = try await list(session)
            if !all.isEmpty, !all.contains(where: { restless.contains($0.state) }) { return all }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await list(session)
    }

    private static let seeding: Set = ["uploading", "stalledUP", "queuedUP", "forcedUP"]

    /// Settings of a server by which a torrent would not seed, or from elsewhere.
    static let adverse = [
        "BitTorrent/Session/AddTorrentStopped": "true", "BitTorrent/Session/AddTorrentPaused": "true",
        "BitTorrent/Session/TorrentContentLayout": "Subfolder",
        "BitTorrent/Session/TorrentStopCondition": "FilesChecked",
        "BitTorrent/Session/DisableAutoTMMByDefault": "false",
        "BitTorrent/Session/TempPathEnabled": "true",
    ]

    @Test(arguments: RealServer.creators, [[:], adverse])
    func itIsSeededFromWhereItIs(version: RealServer.Version, settings: [String: String]) async throws {
        let scratch = try ScratchFolder()
        var options = Torrents.Options()
        options.category = "made here"
        options.tags = ["one", "two tags"]
        options.skipsChecking = true
        for format in TorrentFormat.allCases { try scratch.file("\(format)/source", size: 70_000) }
        try scratch.file("folder/source/a/b", size: 5000)
        try await RealServer.with(version, settings: settings) { [options] real async throws in
            try await real.signedIn { session, transport in
                let maker = try await TorrentMaker(session)
                for (name, format) in [("v1", TorrentFormat.v1), ("v2", .v2), ("hybrid", .hybrid), ("folder", .v1)] {
                    let source = scratch.path.appending("\(name)/source")
                    let order = try TorrentOrder.of(source, CreationParameters(format: format), seeding: options)
                    let made = try await maker.make(order.checked())
                    #expect(made.isSeeding)
                    let added = try #require(transport.endpoints.lastIndex(of: "torrents/add"))
                    #expect(transport.endpoints[..<added].last == "torrentcreator/deleteTask")
                }
                let all = try await settled(session)
                #expect(all.count == 4)
                for torrent in all {
                    #expect(torrent.name == "source" && torrent.category == "made here" && torrent.progress == 1)
                    #expect(torrent.tags == "one, two tags")
                    #expect(Self.seeding.contains(torrent.state), "\(torrent.state)")
                }
                let folders = ["v1", "v2", "hybrid", "folder"].map { scratch.path.appending($0).string }
                #expect(Set(all.map { FilePath($0.savePath).string }) == Set(folders))
            }
            #expect(try await real.taskIDs().isEmpty)
        }
    }

    @Test(arguments: RealServer.creators, [[:], adverse])
    func withoutItNothingIsAdded(version: RealServer.Version, settings: [String: String]) async throws {
        let scratch = try ScratchFolder()
        let parameters = try CreationParameters(isPrivate: true, trackers: [["http://t.example/announce"]])
        let order = try TorrentOrder.of(scratch.file("source", size: 70_000), parameters).checked()
        try await RealServer.with(version, settings: settings) { real async throws in
            try await real.signedIn { session, transport in
                let made = try await TorrentMaker(session).make(order)
                #expect(!made.isSeeding)
                #expect(transport.count(of: "torrents/add") == 0)
                #expect(try await list(session).isEmpty)
            }
        }
    }

    @Test(arguments: RealServer.creators)
    func whatSeedsAlreadyIsAsGood(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let source = try scratch.file("source", size: 70_000)
        var options = Torrents.Options()
        options.skipsChecking = true
        for format in TorrentFormat.allCases {
            let order = try TorrentOrder.of(
                source, CreationParameters(format: format), overwrites: true, seeding: options
            ).checked()
            try await RealServer.with(version) { real async throws in
                try await real.signedIn { session, _ in
                    let maker = try await TorrentMaker(session)
                    _ = try await maker.make(order)
                    _ = try await settled(session)
                    try Files.remove(order.order.result)
                    #expect(try await maker.make(order).isSeeding)
                    try Files.remove(order.order.result)
                    // One that is there and does not seed is said to be there; the file stays.
                    let hash = try #require(try await list(session).first?.hash)
                    for stop in ["torrents/stop", "torrents/pause"] {
                        _ = try? await session.call(.post(stop, FormBody([Field("hashes", hash)])))
                    }
                    while Self.seeding.contains(try await list(session).first?.state ?? "") {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    let code = await CreationError.code { _ = try await maker.make(order) }
                    guard case .seeding(let error, order.order.result) = code else {
                        Issue.record("\(String(describing: code))")
                        return
                    }
                    #expect(error.code == .torrentRefused(.duplicate))
                    #expect(try Metainfo(Files.bytes(order.order.result)).format == format)
                    #expect(try await list(session).count == 1)
                }
                #expect(try await real.taskIDs().isEmpty)
            }
        }
    }

    /// Whatever the server makes of it, that is what is told.
    @Test(arguments: RealServer.creators)
    func aServerThatStopsWhatIsAddedIsNotSaidToSeed(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let settings = ["BitTorrent/Session/TorrentContentLayout": "Subfolder"]
        var options = Torrents.Options()
        options.skipsChecking = true
        let order = try TorrentOrder.of(scratch.file("source", size: 70_000), seeding: options).checked()
        try await RealServer.with(version, settings: settings) { real async throws in
            try await real.signedIn { session, _ in
                let made = try await TorrentMaker(session).make(order)
                let torrent = try #require(try await settled(session).first)
                #expect(made.isSeeding == Self.seeding.contains(torrent.state))
                #expect(made.state?.name == torrent.state)
            }
        }
    }

    /// The files were hashed where they are; elsewhere the server has to look for itself.
    @Test(arguments: RealServer.creators)
    func elsewhereItIsNotBelieved(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let elsewhere = try scratch.folder("elsewhere")
        var options = Torrents.Options()
        options.savePath = elsewhere.string
        options.skipsChecking = true
        let order = try TorrentOrder.of(scratch.file("source", size: 70_000), seeding: options).checked()
        try await RealServer.with(version) { real async throws in
            try await real.signedIn { session, _ in
                let made = try await TorrentMaker(session).make(order)
                #expect(made.state != nil && !made.isSeeding)
                let torrent = try #require(try await settled(session).first)
                #expect(torrent.progress < 1 && !Self.seeding.contains(torrent.state), "\(torrent.state)")
                #expect(FilePath(torrent.savePath) == elsewhere)
            }
        }
    }
}
