import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What is told before anybody types a password, at a real terminal.
@Suite(.timeLimit(.minutes(3))) struct SetupProbeTests {
    @Test func thatNobodyIsThere() async throws {
        try await expect(.serverUnreachable, at: try await StandIn.closedURL())
    }

    @Test func aWrongBasePath() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await Nginx.with("location /qbt/ { proxy_pass \(server.url)/; } location / { return 404; }") { nginx in
            try await expect(.notQBittorrent, at: nginx.url + "/other", "nothing at that path")
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func thatItMustNotBeCalledSo(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await StandIn.with(.passOn(to: server.port)) { other in
            try await expect(.sessionOrHostRefused, at: other.url)
        }
    }

    /// What cannot be proved is typed twice.
    @Test func thatNoLoginIsNeeded() async throws {
        try await RealServer.with(.v5_3, settings: ["Preferences/WebUI/LocalHostAuth": "false"]) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let dialogue = try Dialogue(
                    scene, ["setup", "--url", server.url, "--username", "a", "--store", "vault"])
                try await dialogue.expect("takes any password, so none can be proved")
                let password = scene.newSecret()
                try await dialogue.answer("Password: ", hidden: password)
                try await dialogue.answer("Password once more: ", hidden: password)
                #expect(try await dialogue.end(scene) == 0)
                #expect(try dialogue.screen.contains("so nothing was proved"))
                #expect(try !dialogue.screen.contains("API key"))
            }
        }
    }

    /// Known from the login that met it: told at once, and after a minute it is asked about.
    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func aBanThatWasMet(_ version: RealServer.Version) async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "1"]
        try await RealServer.with(version, settings: settings) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                scene.hold(server.password())
                let words = ["setup", "--url", server.url, "--username", server.username, "--store", "vault"]
                let first = try Dialogue(scene, words)
                try await first.answer("Password: ", hidden: scene.newSecret())
                try await first.answer("Password: ", hidden: server.password(), times: 2)
                #expect(try await first.end(scene) == ExitStatus.addressBanned.rawValue)

                let second = try Dialogue(scene, words)
                #expect(try await second.end(scene) == ExitStatus.addressBanned.rawValue)
                #expect(try !second.screen.contains("Password: "))
                #expect(try home.kept() == [])

                try await server.restart()
                let later = try Dialogue(scene, words, by: ["faketime", "-f", "+70s"])
                try await later.answer("Go on all the same? [y/N] ", "y")
                try await later.answer("Password: ", hidden: server.password())
                if version == .v5_3 { try await later.answer("Paste one", "n") }
                #expect(try await later.end(scene) == 0)
            }
        }
    }

    private func expect(_ status: ExitStatus, at url: String, _ words: String = "") async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let dialogue = try Dialogue(scene, ["setup", "--url", url])
            #expect(try await dialogue.end(scene) == status.rawValue)
            let screen = try dialogue.screen
            #expect(screen.contains("next:") && screen.contains(words))
            #expect(!screen.contains("Password") && !screen.contains("unattended"), "\(screen)")
            #expect(try home.kept() == [])
        }
    }
}
