import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A configuration that merely lies in the working folder, as in a clone of somebody else's repository.
@Suite(.timeLimit(.minutes(2))) struct ClonedFolderTests {
    @Test func itGetsNoCredentialsOfTheEnvironment() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withClone("qbittorrent: {url: \"\(server.url)\"}\n") { scene, clone in
            let credentials = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
            let refused = try await scene.run(["check"], environment: credentials, in: clone)
            try refused.expectProblem(.configuration)
            try scene.expectNoLeak(in: refused)
            let named = try await scene.run(
                ["check", "--config", "config/config.yaml"], environment: credentials, in: clone)
            let checked: ToldCheck = try named.document()
            #expect(checked.proof == "password")
        }
    }

    @Test func itGetsNoPasswordOfTheCommandLine() async throws {
        try await StandIn.with(.answer(Self.wantsLogin)) { server in
            try await withClone("qbittorrent: {url: \"\(server.url)\"}\n") { scene, clone in
                let run = try await scene.run(
                    ["check", "--username", "admin", "--password-stdin"], input: scene.newSecret(), in: clone)
                try run.expectProblem(.configuration)
                try scene.expectNoLeak(in: server.heard)
            }
        }
    }

    @Test func itsServerIsNotSetUpUnasked() async throws {
        try await StandIn.with(.answer(Self.wantsLogin)) { server in
            try await withClone("qbittorrent: {url: \"\(server.url)\"}\n") { scene, clone in
                let run = try await scene.run(
                    ["setup", "--username", "admin", "--password-stdin"], input: scene.newSecret(), in: clone)
                try run.expectProblem(.configuration)
                #expect(server.calls == 0)
            }
        }
    }

    @Test func itsOwnDotEnvIsNotBelieved() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withClone("qbittorrent: {url: \"\(server.url)\"}\n") { scene, clone in
            scene.hold(server.password())
            let text = "QBIT_USERNAME=\(server.username)\nQBIT_PASSWORD=\(server.password().text ?? "")\n"
            try scene.write(Array(text.utf8), to: clone.appending("config/.env"))
            try await scene.run(["check"], in: clone).expectProblem(.configuration)
            let named = try await scene.home.run(["check", "--config", "config/config.yaml"], in: clone)
            #expect(named.status == 0)
            #expect(named.error.contains("plain text"), "its use is said")
        }
    }

    /// What was kept for the user's own server does not follow a clone that names another one.
    @Test func whatIsKeptStaysHome() async throws {
        try await StandIn.with(.answer(Self.wantsLogin)) { stranger in
            try await withClone("qbittorrent: {url: \"\(stranger.url)\"}\n") { scene, clone in
                try await scene.makeVault()
                try await scene.succeed(
                    ["credential", "set", "QBIT_USERNAME", "--stdin"], input: Secret(copying: "admin".utf8))
                let run = try await scene.run(["check"], in: clone)
                try run.expectProblem(.credentialBelongsElsewhere)
                #expect(stranger.calls == 0)
            }
        }
    }

    @Test(arguments: [
        "verify_tls: false", "allow_plain_http: [nas]", "ca_file: mine.pem", "client_certificate: mine.pem",
        "client_key: mine.pem",
    ])
    func itDoesNotWeakenTheConnection(_ line: String) async throws {
        try await withClone("qbittorrent:\n  \(line)\n") { scene, clone in
            try await scene.run(["credential", "list"], in: clone).expectProblem(.configuration)
            let named = try await scene.run(["credential", "list", "--config", "config/config.yaml"], in: clone)
            try named.expectProblem(.credentialNotFound)
        }
    }

    /// What the user has pinned holds for his server, whatever a clone says of it, and for no other that it names.
    @Test func itNeitherAddsToPinsNorLiftsThem() async throws {
        try await TestAuthority.with { authority in
            let pinned = try await authority.certificate("pinned", for: "IP:127.0.0.1", signsItself: true)
            let other = try await authority.certificate("other", for: "IP:127.0.0.1", signsItself: true)
            try await TLSListener.with(try pinned.serving()) { listener in
                try await TLSListener.with(try other.serving()) { stranger in
                    for (server, isReached) in [(listener, true), (stranger, false)] {
                        try await withClone("qbittorrent: {url: \"\(server.url)\"}\n") { scene, clone in
                            try await scene.pin(pinned, of: listener.url)
                            let run = try await scene.run(["check"], in: clone)
                            #expect(server.heard.isEmpty != isReached)
                            #expect((run.status == ExitStatus.tlsVerificationFailed.rawValue) != isReached)
                        }
                    }
                }
            }
        }
    }

    @Test func aNamedOneMaySwitchTLSOffAndIsWarnedOf() async throws {
        try await TestHome.with { home in
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await RealServer.with(.v5_1, https: certificate) { server in
                let scene = Scene(home)
                try scene.configure("qbittorrent: {url: \"\(server.url)\", verify_tls: false}\n")
                let credentials = scene.environment(for: server).filter { $0.key != "QBITVAULT_URL" }
                let run = try await home.run(["check"], environment: credentials)
                #expect(run.status == 0)
                #expect(run.error.contains("verify_tls is off"))
            }
        }
    }

    /// The anonymous answer of a server that wants a login.
    private static let wantsLogin =
        "HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\nForbidden"

    private func withClone(_ configuration: String, _ body: (Scene, FilePath) async throws -> Void) async throws {
        try await TestHome.with { home in
            let clone = home.path.appending("clone")
            try Files.makeFolder(clone.appending("config"))
            try Files.write(configuration, to: clone.appending("config/config.yaml"))
            try await body(Scene(home), clone)
        }
    }
}
