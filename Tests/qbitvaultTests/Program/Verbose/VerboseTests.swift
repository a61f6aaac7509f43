import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `-v`, `-vv` and `-vvv`, as a program against real servers.
@Suite(.timeLimit(.minutes(3))) struct VerboseTests {
    @Test func eachLevelTellsWhatItPromises() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: server)
            let silent = try await home.run(["check"], environment: environment)
            #expect(silent.error.isEmpty)
            let done = """
                qbitvault: configuration: no file, defaults and the environment
                qbitvault: credentials: from environment QBIT_PASSWORD
                qbitvault: server: \(server.url)
                qbitvault: asking without credentials whether a login is needed
                qbitvault: signing in with user name and password
                qbitvault: signed in
                qbitvault: signing out

                """
            let info = try await home.run(["check", "-v"], environment: environment)
            #expect(info.error == done)
            let debug = try await home.run(["check", "-vv"], environment: environment)
            #expect(debug.error.contains("qbitvault: POST auth/login: 200, 3 bytes, "))
            #expect(!debug.error.contains("qbitvault: > "))
            let trace = try await home.run(["check", "--verbose", "-vv"], environment: environment)
            for line in [
                "> POST auth/login", "> content-type: application/x-www-form-urlencoded", "> cookie: <redacted>",
                "< 200", "< content-length: 3", "< set-cookie: <redacted>",
            ] {
                #expect(trace.error.contains("qbitvault: \(line)\n"))
            }
            for run in [info, debug, trace] {
                // The result is the same.
                #expect(run.status == 0 && run.text == silent.text)
                try scene.expectNoLeak(in: run)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func noSecretIsToldWhateverHappens(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            // Kept, refused, asked for what is not there, handed over.
            let environment = scene.environment(for: server)
            let setUp = try await home.run(
                scene.setupWords(server) + ["-vvv"], input: try .secret(server.password()))
            #expect(setUp.status == 0)
            try scene.expectNoLeak(in: setUp)
            for (words, status) in [
                (["check"], 0), (["api", "app/preferences"], 0), (["api", "nosuch/thing"], 37),
                (["api", "torrents/info?tag=x"], 0), (["credential", "where"], 0), (["vault", "status"], 0),
            ] as [([String], Int32)] {
                for environment in [environment, [:]] {
                    let run = try await home.run(words + ["-vvv"], environment: environment)
                    #expect(run.status == status, "\(run.error)")
                    #expect(run.error.contains("qbitvault: configuration: "))
                    try scene.expectNoLeak(in: run)
                }
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func noSecretIsToldOfALoginThatFails(_ version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let environment = scene.environment(for: server, wrong: true)
                for status in [ExitStatus.credentialsRefused, .refusedBefore] {
                    let run = try await home.run(["check", "-vvv"], environment: environment)
                    #expect(run.status == status.rawValue)
                    #expect(run.error.contains("POST auth/login: ") == (status == .credentialsRefused))
                    try scene.expectNoLeak(in: run)
                }
            }
        }
    }

    /// A key that is accepted, and one that is not.
    @Test func noKeyIsTold() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let environment = ["QBITVAULT_URL": server.url]
                let key = try await server.makeAPIKey()
                scene.hold(key)
                let good = try await home.run(
                    ["check", "-vvv", "--api-key-stdin"], input: .secret(key), environment: environment)
                #expect(good.status == 0)
                #expect(good.error.contains("qbitvault: signed in by the API key\n"))
                #expect(good.error.contains("qbitvault: > authorization: <redacted>\n"))
                let bad = try await home.run(
                    ["api", "app/version", "-vvv", "--api-key-stdin"], input: .secret(unknownKey(scene)),
                    environment: environment)
                #expect(bad.status == ExitStatus.credentialsRefused.rawValue)
                #expect(bad.error.contains("qbitvault: the API key is not accepted\n"))
                for run in [good, bad] { try scene.expectNoLeak(in: run) }
            }
        }
    }

    private func unknownKey(_ scene: Scene) -> Secret {
        let key = Secret.unknownAPIKey()
        scene.hold(key)
        return key
    }

    @Test func noSecretIsToldOverHTTPS() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await RealServer.with(.v5_3, https: certificate) { server in
                let environment = scene.environment(for: server)
                let refused = try await home.run(["check", "-vvv"], environment: environment)
                #expect(refused.status == ExitStatus.tlsVerificationFailed.rawValue)
                #expect(refused.error.contains("qbitvault: GET app/version: refused by TLS, "))
                try scene.expectNoLeak(in: refused)
                let configuration = home.path.appending("config.yaml")
                try Files.write("qbittorrent:\n  ca_file: \(certificate.certificate)\n", to: configuration)
                let run = try await home.run(
                    ["check", "-vvv", "--config", configuration.string], environment: environment)
                #expect(run.status == 0)
                #expect(run.error.contains("qbitvault: < set-cookie: <redacted>\n"))
                try scene.expectNoLeak(in: run)
            }
        }
    }

    /// Neither by what is no HTTP, nor by an answer that is refused.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nset-cookie: SID=", "HTTP/1.1 500 No\r\nx: ", "SSH-2.0-", "HTTP/1.1 200 OK\r\n",
    ])
    func whatAServerSaysIsNotRepeated(_ head: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let secret = scene.newSecret()
            let text = "\(head)\(secret.text ?? "")\r\ncontent-length: 3\r\n\r\nOk."
            try await StandIn.with(.answer(text)) { server in
                let run = try await home.run(["check", "-vvv"], environment: scene.environment(for: server.url))
                #expect(run.status != 0 && run.error.contains("GET app/version: "))
                try scene.expectNoLeak(in: run)
            }
        }
    }

    /// A server that is down for a moment.
    @Test func tryingAgainIsTold() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: try await StandIn.closedURL())
            let run = try await home.run(["check", "-vv"], environment: environment)
            #expect(run.status == ExitStatus.serverUnreachable.rawValue)
            #expect(run.error.contains("qbitvault: trying app/version again in "))
            #expect(run.error.contains("qbitvault: GET app/version: no connection, "))
        }
    }

    @Test func ofSeveralServersEachLineNamesIts() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let (one, other) = (try await RealServer.shared(.v5_1), try await RealServer.shared(.v4_5))
            let configuration = home.path.appending("config.yaml")
            try Files.write(
                "qbittorrent:\n  url: \(one.url)\nservers:\n  other:\n    url: \(other.url)\n", to: configuration)
            let run = try await home.run(
                ["check", "--all-servers", "-v", "--config", configuration.string],
                environment: scene.environment(for: one).filter { $0.key != "QBITVAULT_URL" })
            #expect(run.error.contains("qbitvault: default: signed in\n"))
            #expect(!run.error.contains("qbitvault: signed in\n"))
            try scene.expectNoLeak(in: run)
        }
    }

    @Test func quietAndVerboseExcludeEachOther() async throws {
        try await TestHome.with { home in
            let run = try await home.run(["check", "-v", "-q"])
            #expect(run.status == ExitStatus.usage.rawValue)
        }
    }

    @Test func coloursAreForTerminals() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: server)
            for (more, isColored) in [([:], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false)] {
                let dialogue = try Dialogue(scene, ["check", "-v"], environment: environment.merging(more) { $1 })
                #expect(try await dialogue.end(scene) == 0)
                #expect(try dialogue.screen.contains("\u{1b}[2mqbitvault: signed in\u{1b}[0m\r\n") == isColored)
            }
            let piped = try await home.run(["check", "-v", "--color", "always"], environment: environment)
            #expect(piped.error.contains("\u{1b}[2mqbitvault: signed in\u{1b}[0m\n"))
        }
    }
}
