import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` with a person at a terminal and a real keyring service.
@Suite(.timeLimit(.minutes(3))) struct SetupKeyringTests {
    @Test func whoeverIsThereGetsTheKeyring() async throws {
        try await withSession { scene, server, bus, _ in
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url], environment: bus)
            try await dialogue.answer("unattended?", "n")
            try await dialogue.answer("User name", "")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains("credentials kept in the keyring: QBIT_USERNAME, QBIT_PASSWORD"))
            let checked: ToldCheck = try await scene.succeeding(["check"], environment: bus)
            #expect(checked.source == "keyring")
        }
    }

    /// Told before a password is typed; no weaker or other place is taken unasked.
    @Test(arguments: ["y", ""])
    func oneThatIsLockedIsAQuestion(_ answer: String) async throws {
        try await withSession { scene, server, bus, session in
            try await session.lock()
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--username", "admin"], environment: bus)
            try await dialogue.answer("unattended?", "n")
            try await dialogue.answer("Keep the credentials in an encrypted vault instead? [y/N] ", answer)
            if answer == "y" { try await dialogue.answer("Password: ", hidden: server.password()) }
            #expect(try await dialogue.end(scene) == (answer == "y" ? 0 : ExitStatus.keyringLocked.rawValue))
            #expect(try scene.home.kept().contains("data/qbitvault/vault.qbv") == (answer == "y"))
        }
    }

    private func withSession(
        _ body: @Sendable (Scene, RealServer, [String: String], KeyringSession) async throws -> Void
    ) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await KeyringSession.with(.unlocked) { session in
            try await TestHome.with { home in
                let scene = Scene(home)
                scene.hold(server.password())
                try await body(scene, server, session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }, session)
            }
        }
    }
}
