import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` into the vault, by options alone, as in a script.
@Suite(.timeLimit(.minutes(3))) struct VaultSetupTests {
    @Test(arguments: RealServer.Version.allCases)
    func credentialsAreProvenAndKept(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            let told: ToldSetup = try await scene.succeeding(scene.setupWords(server), input: server.password())
            #expect(told.server == server.url)
            #expect(told.proof == "password")
            #expect(told.configuration == scene.userConfiguration.string)
            let kept = try home.kept()
            #expect(
                kept == [
                    "config/qbitvault/config.yaml", "data/qbitvault/vault.qbv", "data/qbitvault/vault.qbv.lock",
                    "data/qbitvault/vault.qbv.prev", "state/key", "state/qbitvault/store.json",
                    "state/qbitvault/writer-id",
                ])

            // Nothing but the home is needed from now on.
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "password")
            #expect(checked.source == "vault \(scene.vault)")
            #expect(checked.torrentCreator == (version != .v4_5))
        }
    }

    @Test func whatIsMadeIsClosedToOthers() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let run = try await scene.setUp(server)
            #expect(run.status == 0)
            try scene.expectNoLeak(in: run)
            for file in try Files.all(below: home.path) { #expect(try Files.mode(file) & 0o077 == 0, "\(file)") }
            for folder in [home.data, home.state, home.configuration] {
                #expect(try Files.mode(folder.appending("qbitvault")) == 0o700)
            }
        }
    }

    @Test func theStoreIsRecorded() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            _ = try await scene.setUp(server)
            let record = try Files.bytes(home.state.appending("qbitvault/store.json"))
            #expect(
                String(decoding: record, as: UTF8.self).filter { !$0.isWhitespace }
                    == #"{"key_file":"\#(scene.keyFile)","store":"vault"}"#)
        }
    }

    @Test func twiceIsAsGoodAsOnce() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            for _ in 1...2 {
                let run = try await scene.setUp(server)
                #expect(run.status == 0, "\(run.error)")
            }
            let list = try await home.run(["credential", "list"])
            #expect(list.text.split(separator: "\n").count == 2)
            _ = try await scene.succeeding(["check"], ToldCheck.self)
        }
    }

    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func aRefusedPasswordLeavesNothing(_ version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let wrong = try await scene.run(scene.setupWords(server), input: scene.newSecret())
                try wrong.expectProblem(.credentialsRefused)
                try scene.expectNoLeak(in: wrong)
                #expect(try home.kept() == [])
                // And the right one is not held up by that.
                let right = try await scene.setUp(server)
                #expect(right.status == 0)
            }
        }
    }

    @Test func aRefusedPasswordLeavesTheEarlierOne() async throws {
        try await RealServer.with(.v5_1) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                _ = try await scene.setUp(server)
                let before = try Files.snapshot(home.data)
                let wrong = try await scene.run(scene.setupWords(server), input: scene.newSecret())
                try wrong.expectProblem(.credentialsRefused)
                #expect(try Files.snapshot(home.data) == before)
                let checked: ToldCheck = try await scene.succeeding(["check"])
                #expect(checked.proof == "password")
            }
        }
    }

    @Test func aConfigurationOfAnotherServerIsNotTouched() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let text = "# mine\nqbittorrent:\n  url: http://127.0.0.1:1  # another\n"
            try scene.configure(text)
            let run = try await scene.setUp(server)
            try run.expectProblem(.configuration)
            #expect(try Files.bytes(scene.userConfiguration) == Array(text.utf8))
            #expect(try home.kept() == ["config/qbitvault/config.yaml"])
        }
    }

    @Test func aConfigurationThatSaysTheSameIsNotTouched() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let text = "qbittorrent: {host: 127.0.0.1, port: \(server.port)}  # mine\n"
            try scene.configure(text)
            let told: ToldSetup = try await scene.succeeding(scene.setupWords(server), input: server.password())
            #expect(told.configuration == nil)
            #expect(try Files.bytes(scene.userConfiguration) == Array(text.utf8))
        }
    }

    @Test func aPasswordByDescriptor() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            var words = scene.setupWords(server)
            words.removeAll { $0 == "--password-stdin" }
            // The shell moves what comes by standard input to another descriptor.
            let run = try await scene.run(
                words + ["--password-fd", "7"], input: server.password(),
                by: ["sh", "-c", "exec \"$@\" 7<&0 </dev/null", "sh"])
            #expect(run.status == 0, "\(run.error)")
        }
    }

    @Test func aVaultThatWasMadeBeforeIsUsed() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let other = scene.home.path.appending("other.key")
            try await scene.succeed(["vault", "init", "--key-file", other.string])
            // What it was opened by is not on record here: a copy of the vault came without it.
            try Files.remove(home.state.appending("qbitvault/store.json"))
            let refused = try await scene.run(scene.setupWords(server), input: server.password())
            try refused.expectProblem(.secretSourceFailed)
            let words = scene.setupWords(server).map { $0 == scene.keyFile.string ? other.string : $0 }
            _ = try await scene.succeeding(words, ToldSetup.self, input: server.password())
            _ = try await scene.succeeding(["check"], ToldCheck.self)
        }
    }
}
