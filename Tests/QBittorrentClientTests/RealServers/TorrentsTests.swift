import FoundationEssentials
import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct TorrentsTests {
    @Test(arguments: RealServer.Version.allCases)
    func aTorrentIsAddedOnce(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, _ in
                let name = "name-" + String(UInt64.random(in: .min ... .max), radix: 36)
                let torrent = Array(
                    "d4:infod6:lengthi5e4:name\(name.utf8.count):\(name)12:piece lengthi16384e6:pieces20:01234567890123456789ee"
                        .utf8
                )
                // Of the right size and the wrong content: whole only for a server that does not look.
                let folder = real.folder.appending("a + b & ü")
                try Folder.makePrivate(folder)
                try Files.write("wrong", to: folder.appending(name))
                var options = Torrents.Options()
                options.savePath = folder.string
                options.category = "made here"
                options.tags = ["one", "two tags"]
                options.skipsChecking = true
                try await Torrents(session).add(torrent, options)

                // Asked until it is so: adding goes on after the answer.
                let expected = Listed(
                    name: name, savePath: options.savePath ?? "", category: "made here", tags: "one, two tags",
                    amountLeft: 0
                )
                try await within(.seconds(60)) {
                    while try await listed(session) != [expected] { try await Task.sleep(for: .milliseconds(20)) }
                }

                let again = await ServerError.code { try await Torrents(session).add(torrent, options) }
                let api = try await Application(session).webAPIVersion()
                #expect(again == .torrentRefused(api < WebAPIVersion(2, 15) ? .unexplained : .duplicate))
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func whatIsNoTorrentIsRefused(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.signedIn { session, _ in
            let code = await ServerError.code { try await Torrents(session).add(Array("no torrent".utf8)) }
            #expect(code == .torrentRefused(.notATorrent))
        }
    }

    private func listed(_ session: Session) async throws -> [Listed] {
        try await session.decoded([Listed].self, from: .get("torrents/info"))
    }

    private struct Listed: Decodable, Equatable, Sendable {
        let name: String
        let savePath: String
        let category: String
        let tags: String
        let amountLeft: Int

        enum CodingKeys: String, CodingKey {
            case name, category, tags
            case savePath = "save_path"
            case amountLeft = "amount_left"
        }
    }
}
