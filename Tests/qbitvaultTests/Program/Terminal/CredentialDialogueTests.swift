import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Secrets at a real terminal, without a server.
@Suite(.timeLimit(.minutes(2))) struct CredentialDialogueTests {
    @Test func aNewValueIsTypedTwice() async throws {
        try await withVault { scene in
            let value = scene.newSecret()
            let slip = scene.newSecret()
            let dialogue = try Dialogue(scene, ["credential", "set", "TRACKER"])
            try await dialogue.answer("TRACKER: ", hidden: value)
            try await dialogue.answer("TRACKER once more: ", hidden: slip)
            try await dialogue.answer("TRACKER: ", hidden: value, times: 2)
            try await dialogue.answer("TRACKER once more: ", hidden: value, times: 2)
            #expect(try await dialogue.end(scene) == 0)
            let read = try await scene.home.run(["credential", "get", "TRACKER"])
            let same = Secret(copying: read.output) == value
            #expect(same)
        }
    }

    @Test func whoeverLeavesChangesNothing() async throws {
        try await withVault { scene in
            let before = try Files.snapshot(scene.home.path)
            let dialogue = try Dialogue(scene, ["credential", "set", "QBIT_PASSWORD"])
            try await dialogue.answer("QBIT_PASSWORD: ", hidden: scene.newSecret())
            try await dialogue.press("half\u{3}", at: "QBIT_PASSWORD once more: ")
            #expect(try await dialogue.end(scene) == ExitStatus.interrupted.rawValue)
            #expect(try Files.snapshot(scene.home.path) == before)
        }
    }

    @Test func aTerminalShowsASecretOnlyWhenThatIsSaid() async throws {
        try await withVault { scene in
            let hidden = try Dialogue(scene, ["credential", "get", "QBIT_PASSWORD"])
            #expect(try await hidden.end(scene) == ExitStatus.usage.rawValue)

            let reader = Scene(scene.home)
            let shown = try Dialogue(reader, ["credential", "get", "QBIT_PASSWORD", "--reveal"])
            #expect(try await shown.end(reader) == 0)
            let read = try await scene.home.run(["credential", "get", "QBIT_PASSWORD"])
            #expect(try shown.screen.contains(read.text))
        }
    }

    @Test func aPassphraseIsAskedForOnceARun() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            let make = try Dialogue(scene, ["vault", "init"])
            try await make.answer("New passphrase: ", hidden: passphrase)
            try await make.answer("New passphrase once more: ", hidden: passphrase)
            #expect(try await make.end(scene) == 0)

            let list = try Dialogue(scene, ["credential", "list"])
            try await list.answer("Passphrase of the vault: ", hidden: passphrase)
            #expect(try await list.end(scene) == 0)
            #expect(try list.screen.contains("nothing is kept"))

            let wrong = try Dialogue(scene, ["credential", "list"])
            try await wrong.answer("Passphrase of the vault: ", hidden: scene.newSecret())
            #expect(try await wrong.end(scene) == ExitStatus.vaultCannotBeOpened.rawValue)
        }
    }

    @Test func nothingTypedIsAskedForAgain() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: scene.newSecret())
            let dialogue = try Dialogue(scene, ["credential", "list"])
            for round in 1...3 { try await dialogue.press("\r", at: "Passphrase of the vault: ", times: round) }
            #expect(try await dialogue.end(scene) == ExitStatus.vaultCannotBeOpened.rawValue)
        }
    }

    private func withVault(_ body: (Scene) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try await body(scene)
        }
    }
}
