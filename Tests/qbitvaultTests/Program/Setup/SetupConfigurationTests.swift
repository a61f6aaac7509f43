import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` where a configuration says otherwise.
@Suite(.timeLimit(.minutes(3))) struct SetupConfigurationTests {
    private static let text = "# mine\nqbittorrent:\n  url: http://127.0.0.1:1  # the old one\n  username: admin\n"

    /// A link to it, as people have who keep such files elsewhere, and its mode stay too.
    @Test func itIsChangedAfterItsOwnerHasSeenHow() async throws {
        try await withScene { scene, server in
            let elsewhere = scene.home.path.appending("elsewhere.yaml")
            try Files.write(Self.text, to: elsewhere)
            try Files.setMode(elsewhere, 0o640)
            try Files.makeFolder(scene.userConfiguration.removingLastComponent())
            try Files.link(scene.userConfiguration, to: elsewhere)
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--store", "vault"])
            try await dialogue.expect("@@ -3 +3 @@")
            try await dialogue.expect("-  url: http://127.0.0.1:1  # the old one")
            try await dialogue.expect("+  url: \"\(server.url)\"  # the old one")
            try await dialogue.answer("Change it so? [Y/n] ", "")
            #expect(try Files.bytes(elsewhere) == Array(Self.text.utf8), "nothing is written yet")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            let after = Self.text.replacing("http://127.0.0.1:1", with: "\"\(server.url)\"")
            #expect(try Files.bytes(elsewhere) == Array(after.utf8))
            #expect(try Files.mode(elsewhere) == 0o640)
            #expect(try Files.bytes(FilePath(elsewhere.string + ".before-setup")) == Array(Self.text.utf8))
            #expect(try Files.target(of: scene.userConfiguration) == elsewhere.string)
            _ = try await scene.succeeding(["check"], ToldCheck.self)
        }
    }

    /// Somebody writes to it while the password is typed.
    @Test func oneThatHasChangedMeanwhileIsLeft() async throws {
        try await withScene { scene, server in
            try scene.configure(Self.text)
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--store", "vault"])
            try await dialogue.answer("Change it so?", "y")
            try await dialogue.expect("Password: ")
            try scene.configure(Self.text + "# more\n")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == ExitStatus.resultCannotBeWritten.rawValue)
            let screen = try dialogue.screen
            #expect(screen.contains("Somebody else has written the configuration meanwhile"))
            #expect(screen.contains("Done before that: vault \(scene.vault) made"))
            #expect(try Files.bytes(scene.userConfiguration) == Array((Self.text + "# more\n").utf8))
        }
    }

    /// Whoever may not be asked is shown the difference, and nothing beside it.
    @Test func withoutAPersonTheDifferenceIsShown() async throws {
        try await withScene { scene, server in
            try scene.configure(Self.text + "  headers: {X-Token: \"${TOKEN}\"}\n")
            let run = try await scene.home.run(scene.setupWords(server))
            #expect(run.status == ExitStatus.configuration.rawValue)
            #expect(run.error.contains("qbitvault: -  url: http://127.0.0.1:1  # the old one\n"))
            #expect(run.error.contains("qbitvault: +  url: \"\(server.url)\"  # the old one\n"))
            #expect(run.error.contains("--edit-config") && !run.error.contains("headers"))
        }
    }

    @Test func oneThatTheEnvironmentOverrulesIsNotWritten() async throws {
        try await withScene { scene, server in
            for (variable, value) in [("QBITVAULT_PORT", "1"), ("QBITVAULT_URL", "http://127.0.0.1:1")] {
                let run = try await scene.run(
                    scene.setupWords(server), input: server.password(), environment: [variable: value])
                try run.expectProblem(.configuration)
                #expect(run.error.contains("unset \(variable)"))
                #expect(try scene.home.kept() == [])
            }
            // Where it says the same in parts, an address in a file would contradict it from then on.
            let same = ["QBITVAULT_HOST": "127.0.0.1", "QBITVAULT_PORT": "\(server.port)"]
            let told: ToldSetup = try await scene.succeeding(
                scene.setupWords(server), input: server.password(), environment: same)
            #expect(told.configuration == nil)
            _ = try await scene.succeeding(["check"], ToldCheck.self, environment: same)
        }
    }

    private func withScene(_ body: (Scene, RealServer) async throws -> Void) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try await body(scene, server)
        }
    }
}
