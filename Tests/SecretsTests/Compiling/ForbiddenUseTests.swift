import TestSupport
import Testing

/// What nobody may do with a secret by accident does not compile, and for the reason that we rely on.
@Suite struct ForbiddenUseTests {
    @Test(arguments: ForbiddenUse.all) func itDoesNotCompile(_ use: ForbiddenUse) async throws {
        let refused = try await Compiler.judge(use.source)
        #expect(refused.status == 1)
        #expect(refused.error.contains(": \(use.diagnostic)\n"), "\(refused.error)")
    }

    /// Nothing but the use itself keeps those from compiling.
    @Test(arguments: ForbiddenUse.all) func itsControlCompiles(_ use: ForbiddenUse) async throws {
        let accepted = try await Compiler.judge(use.control)
        #expect(accepted.status == 0, "\(accepted.error)")
    }
}
