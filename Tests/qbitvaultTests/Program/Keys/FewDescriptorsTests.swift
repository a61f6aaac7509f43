import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A process that may open next to nothing ends with a sentence, and does not hang.
@Suite(.timeLimit(.minutes(1))) struct FewDescriptorsTests {
    @Test(arguments: [8, 16, 63]) func tooFewAreSaid(most: Int) async throws {
        try await TestHome.with { home in
            let run = try await home.run(["credential", "list"], by: ["prlimit", "--nofile=\(most):\(most)"])
            #expect(run.status == ExitStatus.unexpected.rawValue)
            for words in ["may open \(most) files", "ulimit -n 1024"] { #expect(run.error.contains(words)) }
        }
    }

    /// The soft limit alone is raised.
    @Test func aSoftLimitIsRaised() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            let run = try await home.run(["credential", "list"], by: ["prlimit", "--nofile=16:1024"])
            #expect(run.status == 0, "\(run.error)")
        }
    }
}
