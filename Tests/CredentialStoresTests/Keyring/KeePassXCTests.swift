import SystemPackage
import TestSupport
import Testing

/// The keyring store against KeePassXC, which asks for leave to write even where it shows no dialog.
@Suite(.timeLimit(.minutes(2))) struct KeePassXCTests {
    @Test func itKeepsWhatWeWriteAndHidesItWhenItIsLocked() async throws {
        let (value, other) = (Array(madeUp().utf8), Array(madeUp().utf8))
        let origin = "http://127.0.0.1:8080"
        try await KeyringSession.with(.keePassXC) { session async throws in
            let nobody = session.environment
            let somebody = nobody.merging(["PROBE_PERSON": "30000"]) { $1 }
            #expect(try await nobody.probe("read", "default", "QBIT_PASSWORD").status == 10)
            #expect(try await nobody.probe("list").output.isEmpty)

            // Whether there will be a dialog, nobody can know beforehand.
            let refused = try await nobody.probe("write", "default", "QBIT_PASSWORD", origin, input: value)
            #expect(refused.status == 12)
            #expect(refused.errors == ["wouldAsk"])
            for value in [other, value] {
                let written = try await somebody.probe("write", "default", "QBIT_PASSWORD", origin, input: value)
                #expect(written.status == 0, "\(written.errors)")
            }
            let read = try await nobody.probe("read", "default", "QBIT_PASSWORD")
            #expect(read.output == value)
            #expect(read.errors == [origin])
            #expect(try await nobody.probe("list").lines == ["default QBIT_PASSWORD \(origin) created changed"])
            #expect(try await nobody.secretTool("lookup").output == value)

            #expect(try await somebody.probe("delete", "default", "QBIT_PASSWORD").status == 0)
            #expect(try await nobody.probe("read", "default", "QBIT_PASSWORD").status == 10)
            #expect(try await nobody.secretTool("store", "--label=mine", input: other).status == 0)
            #expect(try await nobody.probe("read", "default", "QBIT_PASSWORD").output == other)

            try await session.lockKeePassXC()
            for words in [["read", "default", "QBIT_PASSWORD"], ["list"], ["write", "default", "A", origin]] {
                #expect(try await nobody.probe(words, input: value).errors == ["locked"], "\(words)")
            }
            // Its window asks, and nobody types.
            let late = nobody.merging(["PROBE_PERSON": "500"]) { $1 }
            #expect(try await late.probe("read", "default", "QBIT_PASSWORD").errors == ["announced", "unanswered"])
        }
    }
}
