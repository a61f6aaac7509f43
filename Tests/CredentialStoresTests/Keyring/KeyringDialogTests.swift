import SystemPackage
import TestSupport
import Testing

/// Services that would ask a person, with nobody there and with somebody; and those that never answer at all.
@Suite(.timeLimit(.minutes(2))) struct KeyringDialogTests {
    private let origin = "http://127.0.0.1:8080"
    private let item = ["default", "QBIT_PASSWORD"]

    @Test(arguments: ["never", "yes", "no"])
    func withNobodyThereNoDialogIsShown(answer: String) async throws {
        try await KeyringSession.with(.imitation(answer)) { session async throws in
            for words in [["read"] + item, ["delete"] + item, ["write"] + item + [origin], ["list"]] {
                let run = try await session.environment.probe(words, input: [1])
                #expect(run.status == 12, "\(words)")
                #expect(run.errors == ["locked"])
            }
            #expect(try session.said == ["ready"])
        }
    }

    @Test func aPersonUnlocks() async throws {
        try await KeyringSession.with(.imitation("yes")) { session async throws in
            let run = try await session.withSomebody(30_000).probe(["read"] + item, input: [])
            #expect(run.status == 0)
            #expect(run.output == Array(try Files.bytes(session.folder.appending("password"))))
            #expect(run.errors == ["announced"])
            #expect(try session.said == ["ready", "Prompt"])
            // It stays open.
            #expect(try await session.environment.probe(["read"] + item, input: []).status == 0)
        }
    }

    /// Whoever closes the dialog is not shown it again for the next question of the same run.
    @Test func aPersonDeclinesOnce() async throws {
        try await KeyringSession.with(.imitation("no")) { session async throws in
            let run = try await session.withSomebody(30_000).probe(["thrice"] + item, input: [])
            #expect(run.status == 12)
            #expect(run.errors == ["announced", "locked"])
            #expect(try session.said == ["ready", "Prompt"])
            let once = try await session.withSomebody(30_000).probe(["read"] + item, input: [])
            #expect(once.errors == ["announced", "dismissed"])
        }
    }

    @Test(arguments: ["read", "list"])
    func aDialogThatNeverEndsIsTakenBack(verb: String) async throws {
        try await KeyringSession.with(.imitation("never")) { session async throws in
            let run = try await session.withSomebody(500).probe([verb] + item, input: [])
            #expect(run.status == 14)
            #expect(run.errors == ["announced", "unanswered"])
            #expect(try session.said == ["ready", "Prompt", "Dismiss"])
        }
    }

    @Test(arguments: [false, true])
    func aServiceThatNeverAnswersTimesOut(isAttended: Bool) async throws {
        try await KeyringSession.with(.imitation("silent")) { session async throws in
            let patience = ["PROBE_PATIENCE": "300"]
            let environment = (isAttended ? session.withSomebody(30_000) : session.environment).merging(patience) { $1 }
            for words in [["read"] + item, ["delete"] + item, ["write"] + item + [origin], ["list"]] {
                let run = try await environment.probe(words, input: [1])
                #expect(run.status == 14, "\(words)")
                #expect(run.errors == ["timedOut"])
            }
        }
    }

    /// Every answer comes within the time, and all of them together do not.
    @Test(arguments: [(patience: "1500", status: Int32(14)), (patience: "60000", status: 0)])
    func questionsThatFollowEachOtherShareOneDeadline(patience: String, status: Int32) async throws {
        try await KeyringSession.with(.imitation("slow")) { session async throws in
            let environment = session.environment.merging(["PROBE_PATIENCE": patience]) { $1 }
            #expect(try await environment.probe(["thrice"] + item, input: []).status == status)
        }
    }

    /// A real service, with a prompter that leaves at once.
    @Test func aPersonIsAskedByTheRealService() async throws {
        try await KeyringSession.with(.unlocked) { session async throws in
            try await session.lock()
            #expect(try await session.environment.probe(["read"] + item, input: []).status == 12)
            #expect(!session.askedAPerson)
            let run = try await session.withSomebody(30_000).probe(["read"] + item, input: [])
            #expect(run.status == 12)
            #expect(run.errors == ["announced", "dismissed"])
            #expect(session.askedAPerson)
        }
    }
}
