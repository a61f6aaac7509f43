import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What is in memory of commands that handle a password in other ways than the usual ones: nothing is left at the end, and
/// between requests no more than elsewhere.
@Suite(.timeLimit(.minutes(3))) struct StoreMemoryTests {
    /// Runs, and looks into the memory.
    private func expectNothingLeft(
        _ scene: Scene, _ words: [String], of secret: borrowing Secret, input: consuming Secret? = nil,
        environment: [String: String] = [:], between most: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (run, memory) = try await scene.probe(words, for: secret, input: input, environment: environment)
        try #require(run.status == 0, "\(words): \(run.error)", sourceLocation: sourceLocation)
        #expect(!memory.isBlind && memory.moments.contains { $0.kind == .exit }, sourceLocation: sourceLocation)
        #expect(memory.left.isEmpty, "\(words): \(memory.moments)", sourceLocation: sourceLocation)
        #expect(memory.argumentsOf == [], sourceLocation: sourceLocation)
        #expect(
            memory.most(atLogin: false) <= most, "\(words): \(memory.moments)", sourceLocation: sourceLocation)
        let shows = SecretForms(of: secret).occur(in: Array(run.error.utf8))
        #expect(!shows, sourceLocation: sourceLocation)
    }

    @Test func ofTheVault() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            // Without quotes, which a `.env` reads in its own way.
            let password = scene.newSecret()
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let file = home.path.appending("old.env")
            try scene.write(
                Array("QBIT_USERNAME=admin\nQBIT_PASSWORD=\(password.text ?? "")\n".utf8), to: file)
            try await expectNothingLeft(scene, ["credential", "import", file.string, "-vvv"], of: password)
            let replaced = Secret.planted()
            scene.hold(replaced)
            try await expectNothingLeft(
                scene, ["credential", "set", "QBIT_PASSWORD", "--stdin", "-vvv"], of: replaced, input: replaced.copy())
            for words in [["server-hash"], ["rotate", "vault-key"], ["vault", "slot", "add", "--recovery"]] {
                try await expectNothingLeft(scene, words + ["-vvv"], of: replaced)
            }
            for option in ["--fd", "--tmpfile"] {
                try await expectNothingLeft(
                    scene, ["exec", option, "-vvv", "--", "/bin/true"], of: replaced,
                    environment: ["XDG_RUNTIME_DIR": "/dev/shm"])
            }
            try scene.expectNoLeak(in: [])
        }
    }

    /// The TLS library encrypts the login where nobody finds it later.
    @Test func ofALoginOverHTTPS() async throws {
        try await TestAuthority.with { authority in
            let certificate = try await authority.certificate("server", for: "IP:127.0.0.1")
            try await RealServer.with(.v5_3, https: certificate, password: .planted()) { server in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    try scene.configure("qbittorrent: {ca_file: \"\(authority.authority)\"}\n")
                    let password = server.password()
                    try await expectNothingLeft(
                        scene, ["check", "--username", "admin", "--password-stdin", "-vvv"], of: password,
                        input: password.copy(), environment: ["QBITVAULT_URL": server.url],
                        // Which of its requests is the login cannot be seen from outside.
                        between: 3)
                }
            }
        }
    }

    @Test func ofTheKeyring() async throws {
        try await KeyringSession.with(.unlocked) { session in
            try await RealServer.with(.v5_3, password: .planted()) { server in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    var environment = session.environment
                    environment["HOME"] = home.path.string
                    environment["QBITVAULT_URL"] = server.url
                    // It is stopped and looked into at every word to the bus.
                    environment["QBITVAULT_KEYRING_TIMEOUT"] = "60"
                    let password = server.password()
                    let set = ["credential", "set", "--stdin", "--store", "keyring"]
                    try await scene.succeed(
                        set + ["QBIT_USERNAME"], input: Secret(copying: server.username.utf8), environment: environment)
                    // Beside ours, libsecret's, in its own locked memory.
                    try await expectNothingLeft(
                        scene, set + ["QBIT_PASSWORD"], of: password, input: password.copy(), environment: environment,
                        between: 2)
                    // The login is prepared between words to the bus.
                    try await expectNothingLeft(scene, ["check"], of: password, environment: environment, between: 3)
                }
            }
        }
    }

    @Test func ofWhatIsTyped() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let password = scene.newSecret()
            let memory = try await Probe.with(password) { probe in
                let dialogue = try Dialogue(scene, ["credential", "set", "QBIT_PASSWORD"], by: probe.starter)
                for times in 1...2 { try await dialogue.answer("QBIT_PASSWORD", hidden: password, times: times) }
                #expect(try await dialogue.end(scene) == 0)
                return try probe.report()
            }
            #expect(!memory.isBlind && memory.moments.contains { $0.kind == .exit })
            #expect(memory.left.isEmpty, "\(memory.moments)")
        }
    }
}
