import FoundationEssentials
import QBittorrentClient
import SystemPackage
import TestSupport
import Testing

@testable import TorrentCreation

/// A server that sees the files under another path than this machine does.
@Suite struct PathMappingTests {
    @Test(arguments: RealServer.creators)
    func theServerIsToldWhatItSees(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        try scratch.file("here/films/one/a.bin", size: 70_000)
        try scratch.file("here/films/one/b/c.bin", size: 3)
        let results = try scratch.folder("results")
        let (here, there) = (try scratch.folder("here"), try scratch.folder("there"))
        let rule = try PathRule(here: here.string, there: there.string)
        let source = here.appending("films/one")
        var seeding = Torrents.Options()
        seeding.skipsChecking = true
        let mapped = try TorrentOrder.of(
            source, rules: [rule], result: results.appending("one.torrent"), seeding: seeding
        ).checked()
        let plain = try TorrentOrder.of(source, result: results.appending("two.torrent")).checked()
        try await ElsewhereServer.with(version, in: scratch, seeing: here, at: there) { session in
            let maker = try await TorrentMaker(session)
            let made = try await maker.make(mapped)
            #expect(Set(made.metainfo.files.map(\.path)) == ["a.bin", "b/c.bin"])
            #expect(Set(made.verification.verified).isSuperset(of: [.name, .fileNames, .fileSizes]))
            #expect(made.isSeeding)
            let properties = try await session.accepted(.get("torrents/info")).text
            #expect(properties.contains(there.appending("films").string))

            // Under the path of this machine the server sees nothing: the difference is a real one.
            let code = await CreationError.code { _ = try await maker.make(plain) }
            guard case .creation(.server) = code else {
                Issue.record("\(String(describing: code))")
                return
            }
        }
    }

    /// The files cannot be seen from here, so nothing is said about them.
    @Test(arguments: RealServer.creators)
    func whatOnlyTheServerSeesIsNotVerified(version: RealServer.Version) async throws {
        let scratch = try ScratchFolder()
        let there = try scratch.file("there/source", size: 70_000)
        let rule = try PathRule(
            here: scratch.path.appending("here").string, there: there.removingLastComponent().string)
        let source = scratch.path.appending("here/source")
        let order = try TorrentOrder.of(source, rules: [rule], result: scratch.path.appending("it.torrent")).checked()
        let made = try await RealServer.shared(version).signedIn { session, _ in
            try await TorrentMaker(session).make(order)
        }
        #expect(made.verification.unverified.map(\.aspect) == [.pieceSize, .fileNames, .fileSizes])
        #expect(made.verification.verified.contains(.name))
    }
}
