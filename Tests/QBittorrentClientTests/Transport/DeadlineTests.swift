import Testing

@testable import QBittorrentClient

/// One timer serves all calls. Nothing here waits for a long deadline: that would break the time limit.
@Suite(.timeLimit(.minutes(1))) struct DeadlineTests {
    @Test func whatEndsInTimeGivesItsValue() async throws {
        #expect(try await within(.seconds(600)) { 7 } == 7)
        await #expect(throws: CancellationError.self) {
            try await within(.seconds(600)) { throw CancellationError() }
        }
    }

    @Test func aShortDeadlineIsNotHeldUpByALongOne() async throws {
        let long = Task { await outcome(.seconds(600)) }
        defer { long.cancel() }
        // Begun after the long one, the later of them first.
        async let second = outcome(.milliseconds(40))
        async let first = outcome(.milliseconds(20))
        #expect(await [first, second] == [.passed, .passed])
        // Begun when nothing short is under way any longer.
        #expect(await outcome(.milliseconds(10)) == .passed)
    }

    @Test func theNextDeadlineIsWaitedForWhenOneHasPassed() async throws {
        async let later = outcome(.milliseconds(60))
        async let sooner = outcome(.milliseconds(5))
        #expect(await [sooner, later] == [.passed, .passed])
    }

    @Test func whoIsCancelledIsNotTooLate() async throws {
        let task = Task { await outcome(.seconds(600)) }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    private enum Outcome { case passed, cancelled, other }

    private func outcome(_ limit: Duration) async -> Outcome {
        do { try await never(limit) } catch is DeadlinePassed { return .passed } catch is CancellationError {
            return .cancelled
        } catch { return .other }
        return .other
    }

    private func never(_ limit: Duration) async throws {
        try await within(limit) { try await Task.sleep(for: .seconds(3600)) }
    }
}
