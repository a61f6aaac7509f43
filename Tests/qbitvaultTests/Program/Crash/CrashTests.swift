import TestSupport
import Testing

/// A writer that is killed, or whose disk fails, at any of its calls leaves the vault as it was or as it was to be.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CrashTests {
    @Test(arguments: CrashCommand.all) func everyCallMayFail(_ command: CrashCommand) async throws {
        try await CrashScene.with(command) { scene in
            let outcome = try await ForkedProgram.with(
                command.words(scene), in: scene.home, environment: scene.environment
            ) { program in
                var sweep = try Sweep(command, in: scene, by: program)
                var tallies: [Tally] = []
                for fault in FileFault.allCases {
                    let injected = try sweep.run(fault)
                    tallies.append(
                        Tally(fault: fault, injected: injected, expected: sweep.calls.count(where: fault.applies)))
                }
                return (calls: sweep.calls.count, tallies: tallies, failures: sweep.failures)
            }
            print("\(command.name): \(outcome.calls) calls; \(outcome.tallies.map(\.text).joined(separator: ", "))")
            for tally in outcome.tallies { #expect(tally.injected == tally.expected, "\(tally.fault)") }
            #expect(outcome.failures.isEmpty, "\(outcome.failures.prefix(40).joined(separator: "\n"))")
        }
    }
}

private struct Tally: Sendable {
    let fault: FileFault
    let injected: Int
    /// How many calls of a run without faults it can happen at.
    let expected: Int

    var text: String { "\(fault.rawValue) \(injected) of \(expected)" }
}
