import SystemPackage
import TestSupport
import Testing
import TorrentCreation

@testable import qbitvault

/// What the configuration says about torrents, and what the command line says instead.
@Suite struct CreateSettingsTests {
    private static let configuration = """
        torrent_creation:
          format: v1
          private: true
          piece_size: 32KiB
          comment: "from the file"
          source: "FILE"
          trackers:
            - http://a.example/announce
            - [http://b.example/announce, http://c.example/announce]
          web_seeds: [http://w.example/one]
          ignore_dotfiles: false
          output_dir: made
          output_mode: "0640"
        """

    private func make(_ words: [String]) async throws -> (Metainfo, FilePath) {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("folder/file", "folder/.hidden", "conf/made/", "other/")
            let file = home.path.appending("conf/config.yaml")
            try Files.write(Self.configuration, to: file)
            let told: ToldCreate = try await scene.succeeding(
                ["create", "folder", "--config", file.string] + words,
                environment: scene.environment(for: try await RealServer.shared(.v5_3)))
            let path = home.path.pushing(FilePath(told.path))
            #expect(try Files.mode(path) == 0o640)
            let below = String(path.string.dropFirst(home.path.string.utf8.count + 1))
            return (try Metainfo(Files.bytes(path)), FilePath(below))
        }
    }

    @Test func theConfigurationIsTheDefault() async throws {
        let (torrent, path) = try await make([])
        #expect(path == "conf/made/folder.torrent")
        #expect(torrent.format == .v1 && torrent.isPrivate && torrent.pieceLength == 32_768)
        #expect(torrent.comment == "from the file" && torrent.source == "FILE")
        #expect(
            torrent.trackers == [
                ["http://a.example/announce"], ["http://b.example/announce", "http://c.example/announce"],
            ])
        #expect(torrent.webSeeds == ["http://w.example/one"])
        #expect(Set(torrent.files.map(\.path)) == ["file", ".hidden"])
    }

    @Test func theCommandLineSaysOtherwise() async throws {
        let (torrent, path) = try await make([
            "--format", "v2", "--no-private", "--piece-size", "64KiB", "--comment", "typed", "--source", "TYPED",
            "--tracker", "http://x.example/", "--tracker", "http://y.example/", "--web-seed", "http://z.example/",
            "--ignore-dotfiles", "--output", "other",
        ])
        #expect(path == "other/folder.torrent")
        #expect(torrent.format == .v2 && !torrent.isPrivate && torrent.pieceLength == 65_536)
        #expect(torrent.comment == "typed" && torrent.source == "TYPED")
        #expect(torrent.trackers == [["http://x.example/"], ["http://y.example/"]])
        #expect(torrent.webSeeds == ["http://z.example/"])
        #expect(torrent.files.map(\.path) == ["file"])
    }

    /// Private in the configuration, and nothing on the command line can drop it unasked.
    @Test func aPieceSizeMayBeLeftToTheServerAgain() async throws {
        let (torrent, _) = try await make(["--piece-size", "auto", "--comment", ""])
        #expect(torrent.isPrivate && torrent.comment == nil && torrent.pieceLength != 32_768)
    }
}
