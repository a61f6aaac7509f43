import Secrets
import SystemPackage
import TestSupport
import Testing
import TorrentCreation

@testable import qbitvault

/// Trackers in tiers, from presets, and with pass keys that are kept.
@Suite(.timeLimit(.minutes(2))) struct CreateTrackerTests {
    private static let configuration = """
        torrent_creation:
          comment: "common"
          presets:
            closed:
              private: true
              source: "CLOSED"
              trackers: ["https://closed.example/${PASSKEY}/announce"]
            open:
              comment: "open"
              trackers: ["https://open.example/announce"]
        """

    /// - Returns: the torrent, and all that was told on the way.
    private func make(
        _ words: [String], _ scene: Scene, _ server: RealServer
    ) async throws -> (torrent: Metainfo, told: ToolRun) {
        let file = scene.home.path.appending("config.yaml")
        try Files.write(Self.configuration, to: file)
        var environment = scene.environment(for: server)
        environment["PASSKEY"] = nil
        let run = try await scene.home.run(
            ["create", "source", "--again", "--json", "-vvv", "--config", file.string] + words,
            environment: environment)
        try #require(run.status == 0, "\(run.error)")
        return (try Metainfo(Files.bytes(scene.home.path.appending("source.torrent"))), run)
    }

    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func aPassKeyThatIsKeptStandsInTheTorrentAndNowhereElse(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source")
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let key = scene.newSecret()
            try await scene.succeed(
                ["credential", "set", "PASSKEY", "--stdin"], input: key.copy(),
                environment: ["QBITVAULT_URL": server.url])
            let text = key.text ?? ""
            let (torrent, run) = try await make(["--preset", "closed"], scene, server)
            #expect(torrent.trackers == [["https://closed.example/\(text)/announce"]])
            #expect(torrent.isPrivate && torrent.source == "CLOSED" && torrent.comment == "common")
            let shows = SecretForms(of: key).occur(in: run.output + Array(run.error.utf8))
            #expect(!shows)
            #expect(run.text.contains("magnet:?") && !run.text.contains("closed.example"))
            // The whole address may be kept as well, and a key may stand in a host.
            try await scene.succeed(
                ["credential", "set", "TRACKER", "--stdin"],
                input: .joining(
                    .joining(Secret(copying: "https://".utf8), key.copy()), Secret(copying: ".f.example/announce".utf8)),
                environment: ["QBITVAULT_URL": server.url])
            let (whole, told) = try await make(["--tracker", "${TRACKER}"], scene, server)
            #expect(whole.trackers == [["https://\(text).f.example/announce"]])
            let leaks = SecretForms(of: key).occur(in: told.output + Array(told.error.utf8))
            #expect(!leaks)
            // Only the torrent itself holds it.
            #expect(try home.leaks(of: key) == [home.path.appending("source.torrent")])

            let (typed, _) = try await make(
                [
                    "--tracker", "https://a.example/${PASSKEY}/$$x", "--tier",
                    "https://b.example/announce https://c.example/${PASSKEY}", "--tier", "udp://d.example:80",
                ], scene, server)
            #expect(
                typed.trackers == [
                    ["https://a.example/\(text)/$x"], ["https://b.example/announce", "https://c.example/\(text)"],
                    ["udp://d.example:80"],
                ])
            #expect(!typed.isPrivate)
        }
    }

    @Test func whatAPresetDoesNotSayHoldsAsBefore() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source")
            let (torrent, run) = try await make(
                ["--preset", "open", "--web-seed", "https://w.example/x", "--private"], scene,
                try await RealServer.shared(.v5_3))
            #expect(torrent.trackers == [["https://open.example/announce"]] && torrent.comment == "open")
            #expect(torrent.isPrivate && torrent.source == nil && torrent.webSeeds == ["https://w.example/x"])
            #expect(run.error.contains("web seeds in a private torrent"))
        }
    }

    static let wrong: [(words: [String], status: ExitStatus, told: String)] = [
        (["--preset", "closd"], .configuration, "closed"), (["--preset", "closed"], .credentialNotFound, "PASSKEY"),
        (["--tracker", "https://a.example/${passkey"], .usage, "${NAME}"),
        (["--tracker", "https://a.example/${}"], .usage, "${NAME}"),
        (["--tier", "https://a.example/x b.example"], .usage, "tier 1"),
        (["--tracker", "http://t.example/${QBIT_PASSWORD}/announce"], .usage, "QBIT_PASSWORD"),
        (["--tier", " "], .usage, "names no tracker"), (["--padded-file-size-limit", "4 parsecs"], .usage, "padded"),
    ]

    @Test(arguments: wrong.indices)
    func whatIsWrongIsSaidBeforeTheServerIsCalled(row: Int) async throws {
        let (words, status, told) = Self.wrong[row]
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source")
            let file = home.path.appending("config.yaml")
            try Files.write(Self.configuration, to: file)
            try await StandIn.with(.stayMute) { server in
                let run = try await scene.run(
                    ["create", "source", "--config", file.string] + words,
                    environment: scene.environment(for: server.url))
                try run.expectProblem(status)
                #expect(run.error.contains(told), "\(run.error)")
                #expect(server.calls == 0)
            }
        }
    }
}
