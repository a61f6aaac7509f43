import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A locked keyring, and who is asked about it.
@Suite(.timeLimit(.minutes(2))) struct KeyringDialogueTests {
    private let list = ["credential", "list", "--store", "keyring"]
    private let note = "the keyring asks in a dialog of its own"

    @Test func somebodyAtATerminalUnlocksIt() async throws {
        try await with("yes") { scene, session, bus in
            let dialogue = try Dialogue(scene, list, environment: bus)
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains(note))
            #expect(try dialogue.screen.contains("QBIT_PASSWORD"))
            #expect(try session.said == ["ready", "Prompt"])
        }
    }

    @Test func whoeverClosesTheDialogIsToldSo() async throws {
        try await with("no") { scene, session, bus in
            let dialogue = try Dialogue(scene, list, environment: bus)
            #expect(try await dialogue.end(scene) == 12)
            #expect(try dialogue.screen.contains("The keyring's dialog was closed"))
            #expect(try session.said == ["ready", "Prompt"])
        }
    }

    @Test func aDialogThatNobodyAnswersIsGivenUp() async throws {
        try await with("never") { scene, session, bus in
            let hasty = bus.merging(["QBITVAULT_KEYRING_DIALOG_TIMEOUT": "0.5"]) { $1 }
            let dialogue = try Dialogue(scene, list, environment: hasty)
            #expect(try await dialogue.end(scene) == 14)
            #expect(try dialogue.screen.contains("Nobody answered the keyring's dialog."))
            #expect(try session.said == ["ready", "Prompt", "Dismiss"])
        }
    }

    /// As a signal that ends the program, and as one that it waits for while it talks to servers.
    @Test(arguments: [["credential", "list", "--store", "keyring"], ["check"]])
    func ctrlCGivesItUp(words: [String]) async throws {
        let url = try await StandIn.closedURL()
        try await with("never") { scene, session, bus in
            let environment = bus.merging(["QBITVAULT_STORE": "keyring", "QBITVAULT_URL": url]) { $1 }
            let dialogue = try Dialogue(scene, words, environment: environment)
            try await dialogue.press("\u{3}", at: note)
            #expect(try await dialogue.end(scene) == 130)
        }
    }

    @Test func withNobodyThereItIsAnErrorAtOnce() async throws {
        try await with("yes") { scene, session, bus in
            // Without a terminal, with one that is not to be used, and in the background of a shell.
            try await scene.run(list, environment: bus).expectProblem(.keyringLocked)
            let dialogue = try Dialogue(scene, list + ["--no-input"], environment: bus)
            #expect(try await dialogue.end(scene) == 12)
            #expect(try await inBackground(scene, bus) == .ended(12))
            #expect(try session.said == ["ready"])
        }
    }

    private func inBackground(_ scene: Scene, _ bus: [String: String]) async throws -> TerminalJob.Event {
        let terminal = try PseudoTerminal()
        let script = "set -m; \"$@\" < /dev/tty & wait $!"
        let job = try TerminalJob(
            on: terminal, "/bin/sh", ["-c", script, "sh", TestHome.tool.string] + list,
            environment: scene.home.environment.merging(bus) { $1 })
        return try await job.next(on: terminal)
    }

    private func with(
        _ answer: String, _ body: @Sendable (Scene, KeyringSession, [String: String]) async throws -> Void
    ) async throws {
        try await KeyringSession.with(.imitation(answer)) { session in
            try await TestHome.with { home in
                try await body(Scene(home), session, session.environment.filter { $0.key == "XDG_RUNTIME_DIR" })
            }
        }
    }
}
