import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Headers that a proxy in front of the server wants, with values from the stored credentials.
@Suite struct HeaderTests {
    /// With every request: the anonymous one, the login, those that make a torrent, and the logout.
    @Test func aStoredTokenGoesWithEveryRequest() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            let token = scene.newSecret()
            let configuration = """
                if ($http_x_token != "\(token.text ?? "")") { return 403; }
                if ($http_x_level != "a b") { return 403; }
                location / { proxy_pass \(server.url); }
                """
            try await Nginx.with(configuration) { nginx in
                try Self.configure(scene, nginx.url, ["X-Token: \"${TOKEN}\"", "X-Level: a b"])
                try await scene.makeVault()
                try await scene.succeed(["credential", "set", "TOKEN", "--stdin"], input: token.copy())
                try scene.make("source")
                let environment = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
                let run = try await scene.run(["create", "source"], environment: environment)
                #expect(run.status == 0, "\(run.error)")
                try scene.expectNoLeak(in: run)
                let log = try nginx.log
                #expect(log.contains("auth/login") && log.contains("auth/logout") && !log.contains(" 403 - - "))
                let talkative = try await scene.home.run(["check", "-vvv"], environment: environment)
                #expect(talkative.status == 0 && talkative.error.contains("X-Token"), "\(talkative.error)")
                try scene.expectNoLeak(in: talkative)
                // The proxy's own refusal, without the right token.
                try await scene.succeed(["credential", "set", "TOKEN", "--stdin"], input: scene.newSecret())
                let refused = try await scene.run(["check"], environment: environment)
                try refused.expectProblem(.notQBittorrent)
                try scene.expectNoLeak(in: refused)
            }
        }
    }

    /// Nothing is sent where a header cannot be made.
    @Test func whatCannotBeSentStopsTheRun() async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let environment = scene.environment(for: server.url).filter { $0.key != "QBITVAULT_URL" }
                try Self.configure(scene, server.url, ["X-Token: \"${PROXY_TOKEN}\""])
                try await scene.makeVault()
                let missing = try await scene.run(["check"], environment: environment)
                try missing.expectProblem(.credentialNotFound)
                #expect(missing.error.contains("PROXY_TOKEN") && missing.error.contains("X-Token"))
                let lines = Secret.joining(
                    scene.newSecret(), Secret.joining(Secret(copying: "\n".utf8), scene.newSecret()))
                try await scene.succeed(["credential", "set", "PROXY_TOKEN", "--stdin"], input: lines)
                let broken = try await scene.run(["check"], environment: environment)
                try broken.expectProblem(.secretSourceFailed)
                #expect(broken.error.contains("PROXY_TOKEN"))
                try scene.expectNoLeak(in: broken)
                try await scene.succeed(["credential", "set", "PROXY_TOKEN", "--stdin"], input: scene.newSecret())
                // Kept for this server, and now there is another.
                try Self.configure(scene, "http://127.0.0.1:1", ["X-Token: \"${PROXY_TOKEN}\""])
                let elsewhere = try await scene.run(["check"], environment: environment)
                try elsewhere.expectProblem(.credentialBelongsElsewhere)
                try scene.expectNoLeak(in: elsewhere)
                #expect(server.calls == 0)
            }
        }
    }

    /// A folder that somebody was sent must not make anything leave.
    @Test func aClonedFolderMayNotAskForThem() async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let clone = home.path.appending("clone")
                try Files.makeFolder(clone.appending("config"))
                let text = "qbittorrent:\n  url: \"\(server.url)\"\n  headers:\n    X-Token: \"${TRACKER}\"\n"
                try Files.write(text, to: clone.appending("config/config.yaml"))
                let environment = ["TRACKER": scene.newSecret().text ?? ""]
                let run = try await scene.run(["check"], environment: environment, in: clone)
                try run.expectProblem(.configuration)
                #expect(run.error.contains("line 3") && server.calls == 0)
            }
        }
    }

    /// The user's own configuration.
    static func configure(_ scene: Scene, _ url: String, _ headers: [String]) throws {
        let lines = headers.map { "\n    \($0)" }.joined()
        try scene.configure("qbittorrent:\n  url: \"\(url)\"\n  headers:\(lines)\n")
    }
}
