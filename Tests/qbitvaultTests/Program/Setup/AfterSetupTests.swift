import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What can be done with a home that was set up.
@Suite(.timeLimit(.minutes(3))) struct AfterSetupTests {
    @Test func theCredentialsCanBeReadAndListed() async throws {
        try await withSetUp { scene, server in
            let password = try await scene.home.run(["credential", "get", "QBIT_PASSWORD"])
            let same = Secret(copying: password.output) == server.password()
            #expect(same, "its bytes and nothing else")
            let name = try await scene.home.run(["credential", "get", "QBIT_USERNAME"])
            #expect(name.text == server.username)

            let list = try await scene.home.run(["credential", "list"])
            let rows = list.text.split(separator: "\n")
            #expect(rows.count == 2)
            #expect(rows.allSatisfy { $0.contains("for \(server.url), changed ") })
            try scene.expectNoLeak(in: list)
        }
    }

    @Test func whereTellsWhoAnswersAndWhatIsHidden() async throws {
        try await withSetUp { scene, server in
            let told = try await scene.home.run(["credential", "where", "QBIT_PASSWORD"])
            #expect(
                told.text == """
                    QBIT_PASSWORD
                      absent: environment (neither QBIT_PASSWORD nor QBIT_PASSWORD_FILE is set)
                      answers: vault \(scene.vault) (opened by the key file on record, \(scene.keyFile), slot key-file)
                      absent: .env \(scene.dotEnv) (no such file)

                    """)
            let environment = scene.environment(for: server)
            let over = try await scene.home.run(["credential", "where", "QBIT_PASSWORD"], environment: environment)
            #expect(over.text.contains("  answers: environment QBIT_PASSWORD\n  hidden: vault"))
            #expect(over.text.contains("(environment QBIT_PASSWORD is stronger)"))
            try scene.expectNoLeak(in: over)
        }
    }

    @Test func aDeletedPasswordIsGone() async throws {
        try await withSetUp { scene, server in
            let told: [String: String] = try await scene.succeeding(["credential", "delete", "QBIT_PASSWORD"])
            #expect(told == ["deleted": "QBIT_PASSWORD", "store": "vault \(scene.vault)"])
            try await scene.run(["check"]).expectProblem(.credentialNotFound)
        }
    }

    @Test func aMovedServerNeedsABinding() async throws {
        try await withSetUp { scene, server in
            // The same server by another name.
            let moved = ["QBITVAULT_URL": "http://localhost:\(server.port)"]
            try await scene.run(["check"], environment: moved).expectProblem(.credentialBelongsElsewhere)
            let bound = try await scene.run(["credential", "bind", "--url", "http://LOCALHOST:\(server.port)/"])
            #expect(bound.status == 0, "\(bound.error)")
            let checked: ToldCheck = try await scene.succeeding(["check"], environment: moved)
            #expect(checked.proof == "password")
            try await scene.run(["check"]).expectProblem(.credentialBelongsElsewhere)
        }
    }

    @Test func aBindingIsForAllOrNone() async throws {
        try await withSetUp { scene, _ in
            let before = try Files.snapshot(scene.home.data)
            let run = try await scene.run(["credential", "bind", "--url", "http://nas", "QBIT_PASSWORD", "TRACKER"])
            try run.expectProblem(.credentialNotFound)
            #expect(try Files.snapshot(scene.home.data) == before)
        }
    }

    /// Refused by the server under a bypass too: nothing is proved there.
    @Test func aServerThatAsksForNoLoginProvesNothing() async throws {
        try await RealServer.with(.v5_1, settings: ["Preferences/WebUI/LocalHostAuth": "false"]) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let told: ToldSetup = try await scene.succeeding(scene.setupWords(server), input: scene.newSecret())
                #expect(told.proof == "not proven")
                let checked: ToldCheck = try await scene.succeeding(["check"])
                #expect(checked.proof == "not proven")
                #expect(checked.source == nil)
            }
        }
    }

    private func withSetUp(_ body: (Scene, RealServer) async throws -> Void) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let run = try await scene.setUp(server)
            try #require(run.status == 0, "\(run.error)")
            try await body(scene, server)
        }
    }
}
