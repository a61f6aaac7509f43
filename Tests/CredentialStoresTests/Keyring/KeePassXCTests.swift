import SystemPackage
import TestSupport
import Testing

/// The keyring store against KeePassXC, which asks for leave to write, with a dialog or without.
@Suite(.timeLimit(.minutes(2))) struct KeePassXCTests {
    private let value = Array(madeUp().utf8)
    private let other = Array(madeUp().utf8)
    private let origin = "http://127.0.0.1:8080"
    private let item = ["default", "QBIT_PASSWORD"]

    @Test func itKeepsWhatWeWriteAndHidesItWhenItIsLocked() async throws {
        try await KeyringSession.with(.keePassXC) { session async throws in
            let nobody = session.environment
            #expect(try await nobody.probe(["read"] + item, input: []).status == 10)
            #expect(try await nobody.probe("list").output.isEmpty)
            let write = try await session.withSomebody(30_000).probe(["write"] + item + [origin], input: value)
            #expect(write.status == 0, "\(write.errors)")
            let read = try await nobody.probe(["read"] + item, input: [])
            #expect(read.output == value)
            #expect(read.errors == [origin])
            #expect(try await nobody.probe("list").lines == ["default QBIT_PASSWORD \(origin) created changed"])
            #expect(try await nobody.secretTool("lookup").output == value)

            #expect(try await session.withSomebody(30_000).probe(["delete"] + item, input: []).status == 0)
            #expect(try await nobody.probe(["read"] + item, input: []).status == 10)
            #expect(try await nobody.secretTool("store", "--label=mine", input: other).status == 0)
            #expect(try await nobody.probe(["read"] + item, input: []).output == other)

            // Asked to search now, it would show a dialog to whoever is at the desktop.
            try await session.lockKeePassXC()
            for words in [["read"] + item, ["delete"] + item, ["write"] + item + [origin], ["list"]] {
                let run = try await nobody.probe(words, input: value)
                #expect(run.errors == ["locked"], "\(words)")
                #expect(run.status == 12)
            }
            let late = try await session.withSomebody(500).probe(["read"] + item, input: [])
            #expect(late.errors == ["announced", "unanswered"])
        }
    }

    /// Whether there will be a dialog for a write, nobody can know beforehand.
    @Test func nothingIsWrittenThatNobodyAgreesTo() async throws {
        try await KeyringSession.with(.keePassXC) { session async throws in
            let refused = try await session.environment.probe(["write"] + item + [origin], input: value)
            #expect(refused.status == 12)
            #expect(refused.errors == ["wouldAsk"])
            #expect(try await session.environment.probe(["read"] + item, input: []).status == 10)

            let write = ["write"] + item + [origin]
            #expect(try await session.withSomebody(30_000).probe(write, input: value).status == 0)
            // Another process changes what is there: a window asks, and nobody answers it.
            let late = try await session.withSomebody(500).probe(write, input: other)
            #expect(late.status == 14)
            #expect(late.errors == ["announced", "unanswered"])
            #expect(try await session.environment.probe(["read"] + item, input: []).output == value)
        }
    }
}
