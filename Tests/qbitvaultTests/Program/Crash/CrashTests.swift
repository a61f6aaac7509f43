import TestSupport
import Testing

/// A writer that is killed, or whose disk fails, at any of its calls leaves the vault as it was or as it was to be.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CrashTests {
    @Test(arguments: CrashCommand.all) func everyCallMayFail(_ command: CrashCommand) async throws {
        try await CrashScene.with(command) { scene in
            let sweep = try await ForkedProgram.with(
                command.words(scene), in: scene.home, environment: scene.environment
            ) { program in
                var sweep = try Sweep(command, in: scene, by: program)
                try sweep.run()
                return sweep
            }
            let counts = sweep.tallies.map(\.text).joined(separator: ", ")
            print("\(command.name): \(sweep.calls.count) calls; \(counts)")
            for tally in sweep.tallies { #expect(tally.injected == tally.expected, "\(tally.fault)") }
            #expect(WriteOrder.faults(in: sweep.calls) == [])
            #expect(sweep.failures.isEmpty, "\(sweep.failures.prefix(40).joined(separator: "\n"))")
        }
    }
}
