import Secrets
import Subprocess
import TestSupport
import Testing

@Suite struct ToolRunTests {
    @Test func aProgramGetsTheSecretAndItsStatusAndOutputComeBack() async throws {
        let secret = Secret.madeUp()
        let run = try await ToolRun.of(
            .name("sh"),
            ["-c", "cat; echo problem >&2; exit 7"],
            input: .secret(secret)
        )
        #expect(run.status == 7)
        #expect(run.error == "problem\n")
        let same = Secret(copying: run.output) == secret
        #expect(same)
        let (shown, another) = (run.shows(secret), run.shows(.madeUp()))
        #expect(shown)
        #expect(!another)
    }

    @Test func aSignalIsSeenInTheStatus() async throws {
        let run = try await ToolRun.of(.name("sh"), ["-c", "kill -TERM $$"])
        #expect(run.status == 143)
    }

    @Test func aStepThatFailsIsThrown() async throws {
        await #expect(throws: ToolFailure.self) { try await ToolRun.succeeding(.name("false"), []) }
    }

    @Test func theBuiltProgramRunsInAHomeOfItsOwn() async throws {
        try await TestHome.with { home in
            let run = try await home.run(["--help"])
            #expect(run.status == 0)
            #expect(run.text.contains("USAGE: q"))
        }
    }
}
