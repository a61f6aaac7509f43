import SystemPackage
import TestSupport
import Testing

/// Whether the proof itself can be relied on.
@Suite(.timeLimit(.minutes(2))) struct CrashProofTests {
    /// Asked from outside, by another tool, there are no more calls than those that are made to fail.
    @Test(arguments: CrashCommand.all.filter { $0.input == nil })
    func noCallGoesPast(_ command: CrashCommand) async throws {
        try await CrashScene.with(command) { scene in
            let before = try Tree(below: scene.home.path)
            let calls = try await ForkedProgram.with(
                command.words(scene), in: scene.home, environment: scene.environment
            ) { try $0.run().calls }
            try before.restore(scene.home.path, from: Tree(below: scene.home.path))
            let trace = try Files.makeScratchFolder().appending("trace")
            defer { try? Files.removeTree(trace.removingLastComponent()) }
            // The program forbids to be looked at, which root may do all the same: root of a namespace, for whoever is not.
            let run = try await scene.home.run(
                command.words(scene), environment: scene.environment, in: "/",
                by: ["unshare", "--map-root-user", "strace", "-f", "-o", trace.string])
            try #require(run.status == 0, "\(run.error)")
            let traced = TracedCalls(String(decoding: try Files.bytes(trace), as: UTF8.self), below: scene.home.path)
            #expect(traced.names == calls.map(\.name))
        }
    }

    @Test func anOrderThatIsNotDurableIsNoticed() {
        let calls = FileCall.all(
            in: """
                openat\t33\t3\tv/.v.1.tmp\t
                write\t36\t9\tv/.v.1.tmp\t
                fsync\t32\t0\tv/.v.1.tmp\t
                rename\t32\t0\tv/.v.1.tmp\tv/v
                fsync\t32\t0\tv\t
                """)
        #expect(WriteOrder.faults(in: calls).isEmpty)
        for missing in [2, 4] {
            var fewer = calls
            fewer.remove(at: missing)
            #expect(WriteOrder.faults(in: fewer).count == 1)
        }
        var late = calls
        late.swapAt(3, 4)
        #expect(WriteOrder.faults(in: late).count == 1)
    }
}
