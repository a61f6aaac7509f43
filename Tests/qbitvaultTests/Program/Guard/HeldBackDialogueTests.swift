import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Credentials that are held back, and a person at a real terminal who is asked about them.
@Suite(.timeLimit(.minutes(3))) struct HeldBackDialogueTests {
    private let question = "Send them all the same? (4 more failures may ban this address) [y/N] "

    @Test(arguments: ["", "n"])
    func byItselfNothingIsSent(answer: String) async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            let dialogue = try Dialogue(scene, ["check"], environment: environment)
            try await dialogue.answer(question, answer)
            #expect(try await dialogue.end(scene) == ExitStatus.refusedBefore.rawValue)
            #expect(relay.sent("auth/login") == 1)
        }
    }

    @Test func onRequestTheyAreSentOnceMore() async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            let dialogue = try Dialogue(scene, ["check"], environment: environment)
            try await dialogue.answer(question, "y")
            #expect(try await dialogue.end(scene) == ExitStatus.credentialsRefused.rawValue)
            #expect(relay.sent("auth/login") == 2)
            let unattended = try await scene.run(["check"], environment: environment)
            #expect(unattended.status == ExitStatus.refusedBefore.rawValue)
        }
    }

    /// A key that the server refuses comes before the question.
    @Test func besideAKeyTheQuestionIsTheSame() async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            let both = environment.merging(["QBIT_API_KEY": Secret.unknownAPIKey().text ?? ""]) { $1 }
            let dialogue = try Dialogue(scene, ["check"], environment: both)
            try await dialogue.answer(question, "y")
            #expect(try await dialogue.end(scene) == ExitStatus.credentialsRefused.rawValue)
            #expect(relay.sent("auth/login") == 2)
        }
    }

    @Test(arguments: ["\u{3}", "\u{4}"])
    func whoeverLeavesAtTheQuestionSendsNothing(key: String) async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            let dialogue = try Dialogue(scene, ["check"], environment: environment)
            try await dialogue.press(key, at: question)
            let status = key == "\u{3}" ? ExitStatus.interrupted : .usage
            #expect(try await dialogue.end(scene) == status.rawValue)
            #expect(relay.sent("auth/login") == 1)
        }
    }

    @Test func nobodyIsAskedWithNoInput() async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            let dialogue = try Dialogue(scene, ["check", "--no-input"], environment: environment)
            #expect(try await dialogue.end(scene) == ExitStatus.refusedBefore.rawValue)
            #expect(try !dialogue.screen.contains("[y/N]"))
        }
    }

    /// Two failures are left to people; the one that may lead to the ban wants a word.
    @Test func theFifthFailureIsAskedAbout() async throws {
        try await withRefusedPassword { server, relay, scene, environment in
            for _ in 2...3 {
                _ = try await scene.run(["check"], environment: scene.environment(for: relay.url))
            }
            let right = scene.environment(for: server).merging(["QBITVAULT_URL": relay.url]) { $1 }
            try await scene.run(["check"], environment: right).expectProblem(.refusedBefore)
            let fourth = try Dialogue(scene, ["check"], environment: scene.environment(for: relay.url))
            #expect(try await fourth.end(scene) == ExitStatus.credentialsRefused.rawValue)
            let fifth = try Dialogue(scene, ["check"], environment: right)
            try await fifth.answer("Send them all the same? (the next failure may ban this address)", "yes")
            #expect(try await fifth.end(scene) == 0)
            #expect(try await scene.run(["check"], environment: right).status == 0)
        }
    }

    /// A password that was refused once.
    private func withRefusedPassword(
        _ body: (RealServer, Relay, Scene, [String: String]) async throws -> Void
    ) async throws {
        try await RealServer.with(.v5_3, settings: Relay.settings) { server in
            try await Relay.with(before: server) { relay in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let environment = scene.environment(for: relay.url)
                    try await scene.run(["check"], environment: environment).expectProblem(.credentialsRefused)
                    try await body(server, relay, scene, environment)
                }
            }
        }
    }
}
