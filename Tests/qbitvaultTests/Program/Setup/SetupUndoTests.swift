import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` says how to undo what it has done, and what it would do.
@Suite(.timeLimit(.minutes(3))) struct SetupUndoTests {
    /// The commands are run as they are told, by a shell.
    @Test func allOfItIsUndoneByTheCommandsThatItTells() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with(named: "/tmp/qbitvault test's.") { home in
            let scene = Scene(home)
            scene.hold(server.password())
            for _ in 1...2 {
                let told: ToldSetup = try await scene.succeeding(scene.setupWords(server), input: server.password())
                #expect(!told.dryRun && told.done.count >= 3)
                _ = try await scene.succeeding(["check"], ToldCheck.self)
                try await undo(told, home)
                #expect(try home.kept() == ["state/qbitvault/writer-id"])
            }
        }
    }

    @Test func onlyWhatIsNewIsUndone() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            let keyring = try scene.keyringFile()
            _ = try await scene.setUp(server)
            let text = try Files.bytes(scene.userConfiguration) + Array("# mine\n".utf8)
            try Files.write(text, to: scene.userConfiguration)
            let record = try Files.bytes(home.state.appending("qbitvault/store.json"))

            let words = ["setup", "--server", "nas", "--url", server.url, "--username", "admin", "--password-stdin"]
            let told: ToldSetup = try await scene.succeeding(
                words + ["--store", "keyring", "--edit-config"], input: server.password(), environment: keyring)
            #expect(told.undo.contains("qbitvault credential delete QBIT_PASSWORD --store keyring --server nas"))
            _ = try await scene.succeeding(["check", "--server", "nas"], ToldCheck.self, environment: keyring)
            try await undo(told, home, keyring)
            #expect(try Files.bytes(scene.userConfiguration) == text)
            #expect(try Files.bytes(home.state.appending("qbitvault/store.json")) == record)
            let list = try await home.run(["credential", "list", "--store", "keyring"], environment: keyring)
            #expect(list.text == "nothing is kept in the keyring\n")
            // What was there before is there still, and a value that was replaced is said to be gone.
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.source == "vault \(scene.vault)")
            let other = try await RealServer.shared(.v5_3)
            scene.hold(other.password())
            let again: ToldSetup = try await scene.succeeding(
                scene.setupWords(other) + ["--edit-config"], input: other.password())
            #expect(again.done.contains { $0.hasSuffix("(earlier values of QBIT_USERNAME, QBIT_PASSWORD are gone)") })
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aDryRunSignsInAndKeepsNothing(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try scene.configure("qbittorrent: {url: \"http://old:1\"}\n")
            let words = scene.setupWords(server) + ["--dry-run", "--edit-config"]
            let told: ToldSetup = try await scene.succeeding(words, input: server.password())
            #expect(told.dryRun && told.proof == "password" && told.undo.isEmpty)
            #expect(told.done.contains("make the vault \(scene.vault)"))
            #expect(told.done.contains("+qbittorrent: {url: \"\(server.url)\"}"))
            #expect(try home.kept() == ["config/qbitvault/config.yaml"])
            let wrong = try await scene.run(words, input: scene.newSecret())
            try wrong.expectProblem(.credentialsRefused)
            #expect(wrong.error.contains("2 more may fail"))
            // The next run is held up by neither.
            _ = try await scene.succeeding(
                scene.setupWords(server) + ["--edit-config"], ToldSetup.self, input: server.password())
        }
    }

    /// What had been done is said, with the commands that undo it, and another run is not held up by it.
    @Test func whatIsDoneBeforeAFailureIsSaid() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            // Where the folder of the configuration belongs.
            let obstacle = home.configuration.appending("qbitvault")
            try Files.write("", to: obstacle)
            let run = try await scene.run(scene.setupWords(server), input: server.password())
            try run.expectProblem(.resultCannotBeWritten)
            #expect(run.error.contains("Done before that: vault \(scene.vault) made; credentials kept in the vault"))
            #expect(run.error.contains("undo what was done: rm -f \(scene.vault)"))
            try Files.remove(obstacle)
            let again: ToldSetup = try await scene.succeeding(scene.setupWords(server), input: server.password())
            #expect(again.configuration != nil)
        }
    }

    private func undo(_ told: ToldSetup, _ home: TestHome, _ more: [String: String] = [:]) async throws {
        let tools = try TestHome.tool.removingLastComponent().string
        let path = "\(tools):\(home.environment["PATH"] ?? "")"
        for command in told.undo {
            let run = try await ToolRun.of(
                .name("bash"), ["-ec", command],
                environment: .custom(home.environment.merging(more) { $1 }.merging(["PATH": path]) { $1 }.asEnvironment)
            )
            #expect(run.status == 0, "\(command): \(run.error)")
        }
    }
}
