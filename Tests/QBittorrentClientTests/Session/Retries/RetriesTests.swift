import SystemPackage
import Testing

@testable import QBittorrentClient

/// What is sent again, and when: decided without a clock.
@Suite struct RetriesTests {
    private static let lost: [TransportError] = [
        .unreachable(.refused), .unreachable(.closed), .unreachable(.brokenOff), .unreachable(.noRoute),
        .unreachable(.connectTimedOut),
    ]
    private static let certain: [TransportError] = [
        .unreachable(.unknownHost), .tls(.untrusted(.expired, nil)), .tls(.silent), .tls(.other), .tooLarge(limit: 1),
        .headTooLarge, .notHTTP, .cancelled, .authoritiesUnusable("/nowhere"),
    ]

    @Test(arguments: lost, [false, true])
    func whatReadsIsSentAgainWhenTheWayIsLost(error: TransportError, isEstablished: Bool) {
        #expect(pause(after: .failure(error), .get, isEstablished) == .milliseconds(100))
    }

    @Test(arguments: lost)
    func aChangeIsSentAgainOnlyWhereItCannotHaveArrived(error: TransportError) {
        let isRepeated = pause(after: .failure(error), .post, true) != nil
        #expect(isRepeated == [.unreachable(.refused), .unreachable(.connectTimedOut)].contains(error))
    }

    @Test(arguments: certain, [Request.Method.get, .post])
    func whatDoesNotPassIsNotTriedAgain(error: TransportError, method: Request.Method) {
        #expect(pause(after: .failure(error), method, true) == nil)
    }

    @Test(arguments: [429, 502, 503, 504])
    func aServerThatIsBusyIsAskedAgain(status: Int) {
        #expect(pause(after: .answer(Response(status)), .get, false) == .milliseconds(100))
        #expect(pause(after: .answer(Response(status)), .post, true) == nil)
    }

    @Test(arguments: [200, 204, 301, 400, 401, 403, 404, 409, 500, 501])
    func otherAnswersAreAnswers(status: Int) {
        #expect(pause(after: .answer(Response(status)), .get, true) == nil)
    }

    @Test func theServersOwnTimeIsKept() {
        let answer = Retries.Outcome.answer(Response(status: 503, retryAfter: .seconds(20)))
        // Also by one that has never answered: it has named a time now.
        #expect(pause(after: answer, .get, false) == .milliseconds(20_100))
        #expect(pause(after: .answer(Response(status: 503, retryAfter: .seconds(31))), .get, true) == nil)
        #expect(pause(after: .answer(Response(status: 503, retryAfter: .seconds(20))), .post, true) == nil)
    }

    @Test func silenceIsBorneOnceMoreByWhoHasBeenHeard() {
        var retries = Retries(RetryRules(), .get, isEstablished: true)
        #expect(retries.pause(after: .failure(.timedOut)) != nil)
        #expect(retries.pause(after: .failure(.timedOut)) == nil)
        #expect(pause(after: .failure(.timedOut), .get, false) == nil)
        #expect(pause(after: .failure(.timedOut), .post, true) == nil)
    }

    @Test func pausesDoubleAndAreSpread() {
        var short = Retries(RetryRules(), .get, isEstablished: true)
        var long = short
        let fullPauses = [100, 200, 400, 800, 1600, 2000, 2000].map { Duration.milliseconds($0) }
        #expect(fullPauses.map { _ in long.pause(after: .refused, chance: 1) } == fullPauses)
        #expect(fullPauses.map { _ in short.pause(after: .refused, chance: 0) } == fullPauses.map { $0 / 2 })
    }

    @Test(arguments: [0.0, 0.5, 1], [(false, Duration.milliseconds(1500)), (true, .seconds(30))])
    func patienceEnds(chance: Double, limit: (isEstablished: Bool, Duration)) {
        var retries = Retries(RetryRules(), .get, isEstablished: limit.isEstablished)
        var (waited, tries) = (Duration.zero, 1)
        while let pause = retries.pause(after: .refused, chance: chance) {
            waited += pause
            tries += 1
        }
        #expect(waited <= limit.1)
        // The next pause would have been too long, and none is longer than this.
        #expect(waited + .seconds(2) > limit.1)
        #expect((4...40).contains(tries))
    }

    @Test func timeSpentToReachTheServerCounts() {
        #expect(pause(after: .failure(.unreachable(.connectTimedOut)), .get, false, of: .seconds(10)) == nil)
        var retries = Retries(RetryRules(), .get, isEstablished: true)
        #expect(retries.pause(after: .failure(.unreachable(.connectTimedOut)), of: .seconds(10)) != nil)
        #expect(retries.pause(after: .failure(.unreachable(.connectTimedOut)), of: .seconds(10)) != nil)
        #expect(retries.pause(after: .failure(.unreachable(.connectTimedOut)), of: .seconds(10)) == nil)
        // A long download that breaks off is another matter.
        #expect(pause(after: .failure(.unreachable(.brokenOff)), .get, true, of: .seconds(60)) != nil)
    }

    @Test func theDeadlineEndsEverything() {
        #expect(pause(after: .refused, .get, true, left: .milliseconds(99)) == nil)
        #expect(pause(after: .failure(.timedOut), .get, true, left: .zero) == nil)
    }

    private func pause(
        after outcome: Retries.Outcome, _ method: Request.Method, _ isEstablished: Bool, of duration: Duration = .zero,
        left: Duration = .seconds(100)
    ) -> Duration? {
        var retries = Retries(RetryRules(), method, isEstablished: isEstablished)
        return retries.pause(after: outcome, of: duration, left: left, chance: 1)
    }
}

extension Retries {
    fileprivate mutating func pause(
        after outcome: Outcome, of duration: Duration = .zero, chance: Double = 1
    ) -> Duration? {
        pause(after: outcome, of: duration, left: .seconds(100), chance: chance)
    }
}

extension Retries.Outcome {
    fileprivate static var refused: Self { .failure(.unreachable(.refused)) }
}
