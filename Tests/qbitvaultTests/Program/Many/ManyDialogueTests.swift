import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Several servers, and a person at a terminal.
@Suite(.timeLimit(.minutes(3))) struct ManyDialogueTests {
    private static let question = "Passphrase of the vault: "
    private static let names = ["a", "b", "c", "d"]

    @Test func aPassphraseIsAskedForOnce() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withVault(for: server) { scene, passphrase in
            let dialogue = try Dialogue(scene, ["check", "--all-servers"])
            try await dialogue.answer(Self.question, hidden: passphrase)
            #expect(try await dialogue.end(scene) == 0)
            let screen = try dialogue.screen
            #expect(screen.ranges(of: Self.question).count == 1)
            #expect(screen.contains("4 servers: 4 fine, 0 failed"))
        }
    }

    /// Each of them fails, and nobody is asked for each.
    @Test func aWrongOneIsNotAskedForAgain() async throws {
        try await withVault(for: try await RealServer.shared(.v5_1)) { scene, _ in
            let dialogue = try Dialogue(scene, ["check", "--all-servers"])
            try await dialogue.answer(Self.question, hidden: scene.newSecret())
            #expect(try await dialogue.end(scene) == ExitStatus.someFailed.rawValue)
            let screen = try dialogue.screen
            #expect(screen.ranges(of: Self.question).count == 1)
            #expect(screen.ranges(of: "failed (11, vault cannot be opened)").count == 4)
        }
    }

    @Test func whoeverLeavesAtTheQuestionEndsAll() async throws {
        try await withVault(for: try await RealServer.shared(.v5_1)) { scene, _ in
            let dialogue = try Dialogue(scene, ["check", "--all-servers"])
            try await dialogue.press("half\u{3}", at: Self.question)
            let (status, screen) = (try await dialogue.end(scene), try dialogue.screen)
            #expect(status == ExitStatus.interrupted.rawValue, "\(screen)")
        }
    }

    /// Where nobody has said where it is, there is no usual answer.
    @Test func aNewServerIsAskedFor() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            let dialogue = try Dialogue(scene, ["setup", "--server", "nas"])
            try await dialogue.answer("Server: ", server.url)
            try await dialogue.answer("unattended?", "")
            try await dialogue.answer("User name [admin]: ", "")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            let checked: ToldCheck = try await scene.succeeding(["check", "--server", "nas"])
            #expect(checked.server == server.url && checked.proof == "password")
        }
    }

    /// A vault that a passphrase opens, with the password of `server` under several names.
    private func withVault(
        for server: RealServer, _ body: (Scene, borrowing Secret) async throws -> Void
    ) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            try scene.configure(
                servers: Self.names.map { ($0, "url: \"\(server.url)\", username: \(server.username)") })
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            let file = try scene.passphrase(passphrase)
            scene.hold(server.password())
            for name in Self.names {
                try await scene.succeed(
                    ["credential", "set", "QBIT_PASSWORD", "--stdin", "--server", name], input: server.password(),
                    environment: file)
            }
            try await body(scene, passphrase)
        }
    }
}
