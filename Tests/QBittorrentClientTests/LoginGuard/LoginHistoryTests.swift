import Testing

@testable import QBittorrentClient

/// Every order of events, without a clock and without a file.
@Suite struct LoginHistoryTests {
    @Test func aFreshHistoryLetsOneIn() {
        #expect(LoginHistory().decide(on: "a", at: 0, .unattended) == .attempt)
    }

    @Test(arguments: [
        (1, 0, LoginDecision.refusedBefore(nextTry: 3600)), (1, 3599, .refusedBefore(nextTry: 3600)),
        (1, 3600, .attempt),
        (2, 86_399, .refusedBefore(nextTry: 86_400)), (2, 86_400, .attempt),
        (3, 0, .refusedBefore(nextTry: nil)), (3, 1_000_000_000, .refusedBefore(nextTry: nil)),
        (1, -1, .attempt),
    ])
    func aRefusedCredentialComesBackOnceAfterAnHourAndOnceAfterADay(tries: Int, now: Int, decision: LoginDecision) {
        var history = LoginHistory()
        for _ in 1...tries { history.fail("a", .refused, at: 0) }
        #expect(history.decide(on: "a", at: now, .person) == decision)
        #expect(history.decide(on: "a", at: now, .force) == .attempt)
    }

    @Test func anotherCredentialIsNotHeldBack() {
        var history = LoginHistory()
        history.fail("a", .refused, at: 0)
        #expect(history.decide(on: "b", at: 0, .unattended) == .attempt)
    }

    @Test(arguments: [LoginOutcome.refused, .lost])
    func threeFailuresOfAnyNamesStopUnattendedRuns(outcome: LoginOutcome) {
        var history = LoginHistory()
        for name in ["a", "b", "c"] {
            #expect(history.decide(on: "d", at: 0, .unattended) == .attempt)
            history.fail(name, outcome, at: 0)
        }
        #expect(history.decide(on: "d", at: 0, .unattended) == .exhausted(failures: 3))
        let later = history.decide(on: "d", at: 1_000_000, .unattended)
        #expect(later == (outcome == .lost ? .attempt : .exhausted(failures: 3)))
        #expect(history.decide(on: "d", at: 0, .person) == .attempt)
        #expect(history.decide(on: "d", at: 0, .force) == .attempt)
    }

    @Test func anAttemptThatNobodyEndedCounts() {
        var history = LoginHistory()
        for _ in 1...3 { history.begin(at: 100) }
        #expect(history.decide(on: "a", at: 100 + 3599, .unattended) == .exhausted(failures: 3))
        // What was interrupted may have been right; the server has said nothing.
        #expect(history.decide(on: "a", at: 100 + 3600, .unattended) == .attempt)
    }

    @Test func whatReachedNoLoginLogicDoesNotCount() {
        var history = LoginHistory()
        for _ in 1...10 { history.fail("a", .unheard, at: 0) }
        #expect(history == LoginHistory())
    }

    @Test func aProvenLoginClearsAll() {
        var history = LoginHistory()
        history.fail("a", .refused, at: 0)
        history.fail("b", .banned, at: 0)
        history.fail("c", .proven, at: 60)
        #expect(history == LoginHistory())
    }

    @Test func aBanPacesAttemptsToOneAMinuteAndDoesNotCount() {
        var history = LoginHistory()
        for minute in 0...9 { history.fail("a", .banned, at: 100 + minute * 60) }
        #expect(history.failures == 0)
        #expect(history.decide(on: "a", at: 699, .person) == .banned(since: 100))
        #expect(history.decide(on: "a", at: 700, .unattended) == .attempt)
        #expect(history.decide(on: "a", at: 699, .force) == .attempt)
    }

    @Test func aRefusalShowsThatTheBanIsOver() {
        var history = LoginHistory()
        history.fail("a", .banned, at: 0)
        history.fail("a", .refused, at: 60)
        #expect(history.ban == nil)
        #expect(history.decide(on: "b", at: 61, .unattended) == .attempt)
    }

    @Test func itDoesNotGrowWithoutEnd() {
        var history = LoginHistory()
        for number in 0..<100 { history.fail("\(number)", .refused, at: number) }
        #expect(history.refused.count == 16)
        #expect(history.refused.last?.fingerprint == "99")
    }
}

extension LoginHistory {
    fileprivate mutating func fail(_ fingerprint: String, _ outcome: LoginOutcome, at now: Int) {
        begin(at: now)
        end(outcome, of: fingerprint, at: now)
    }
}
