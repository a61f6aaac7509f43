import TestSupport
import Testing

@testable import qbitvault

/// What many runs leave behind on a server that many use.
@Suite(.timeLimit(.minutes(10))) struct ManyRunsTests {
    /// 5.3.0 keeps 15 sessions and drops the one that was used least recently, without a word (observed). Somebody's
    /// session, older than all of ours and idle, outlives five hundred runs.
    @Test func fiveHundredRunsEvictNobody() async throws {
        try await RealServer.with(.v5_3) { server in
            let somebody = try await ForeignSession(server)
            try await TestHome.with { home in
                let scene = Scene(home)
                let environment = scene.environment(for: server)
                let statuses = try await inParallel(500, atOnce: 4) {
                    try await scene.run(["check"], environment: environment).status
                }
                #expect(statuses == Array(repeating: 0, count: 500))
            }
            #expect(try await somebody.answer(to: "app/version").hasPrefix("v5."))
        }
    }
}
