import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` where a `.env` lies beside the configuration, at a real terminal.
@Suite(.timeLimit(.minutes(3))) struct SetupPlainTextTests {
    @Test(arguments: [true, false])
    func itsPasswordIsProvenMovedAndTheFileDeletedOnRequest(_ deletes: Bool) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            let tracker = scene.newSecret()
            try write(server.password(), tracker, in: scene)
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url])
            try await dialogue.answer("unattended?", "")
            try await dialogue.answer(
                "holds QBIT_USERNAME, QBIT_PASSWORD, TRACKER in plain text. Move that into the vault \(scene.vault)? [Y/n] ",
                "")
            try await dialogue.answer("Delete the file? [y/N] ", deletes ? "y" : "")
            #expect(try await dialogue.end(scene) == 0)
            let screen = try dialogue.screen
            #expect(!screen.contains("Password: "))
            #expect(screen.contains(deletes ? "deleted is not erased" : "delete the file, and change the passwords"))
            #expect(try scene.home.kept().contains("config/qbitvault/.env") != deletes)
            #expect(try await scene.keeps("TRACKER", SecretBox(tracker)))
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.source == "vault \(scene.vault)")
        }
    }

    /// The right one is typed, and is what is kept.
    @Test func oneThatIsRefusedIsNotKept() async throws {
        try await RealServer.with(.v5_1) { server in
            try await withScene(server) { scene in
                try write(scene.newSecret(), scene.newSecret(), in: scene)
                let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--store", "vault"])
                try await dialogue.answer("Move that", "y")
                try await dialogue.expect("does not accept what stands in \(scene.dotEnv); 2 more tries")
                try await dialogue.answer("User name [admin]: ", "")
                try await dialogue.answer("Password: ", hidden: server.password())
                try await dialogue.answer("Delete the file?", "y")
                #expect(try await dialogue.end(scene) == 0)
                #expect(try await scene.keeps("QBIT_PASSWORD", SecretBox(server.password())))
                _ = try await scene.succeeding(["check"], ToldCheck.self)
            }
        }
    }

    @Test func oneThatStaysIsSaid() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            try write(scene.newSecret(), scene.newSecret(), in: scene)
            let dialogue = try Dialogue(
                scene, ["setup", "--url", server.url, "--store", "vault", "--username", "admin"])
            try await dialogue.answer("Move that", "n")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains("credential import \(scene.dotEnv) --delete"))
            try Files.remove(scene.dotEnv)
            #expect(try await scene.keeps("TRACKER", nil))
        }
    }

    @Test func oneThatCannotBeReadStays() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            try Files.makeFolder(scene.userConfiguration.removingLastComponent())
            try scene.write(Array("QBIT_PASSWORD='open\n".utf8), to: scene.dotEnv)
            let dialogue = try Dialogue(
                scene, ["setup", "--url", server.url, "--store", "vault", "--username", "admin"])
            try await dialogue.expect("stays as it is: Line 1 cannot be read.")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
        }
    }

    private func write(_ password: borrowing Secret, _ tracker: borrowing Secret, in scene: Scene) throws {
        try Files.makeFolder(scene.userConfiguration.removingLastComponent())
        let text = "QBIT_USERNAME=admin\nQBIT_PASSWORD='\(password.text ?? "")'\nTRACKER='\(tracker.text ?? "")'\n"
        try scene.write(Array(text.utf8), to: scene.dotEnv)
    }

    private func withScene(_ server: RealServer, _ body: (Scene) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try await body(scene)
        }
    }
}
