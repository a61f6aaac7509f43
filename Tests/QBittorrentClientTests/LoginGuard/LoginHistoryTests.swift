import FoundationEssentials
import Testing

@testable import QBittorrentClient

/// Every order of events, without a clock and without a file.
@Suite struct LoginHistoryTests {
    private static let (minute, hour, day) = (60, 3600, 86_400)

    @Test func aFreshHistoryLetsOneIn() {
        #expect(LoginHistory().decide(on: "a", at: 0, .unattended) == .attempt)
    }

    @Test(arguments: [
        (1, 0, LoginDecision.refusedBefore(nextTry: 3600)), (1, 3599, .refusedBefore(nextTry: 3600)),
        (1, 3600, .attempt),
        (2, 86_399, .refusedBefore(nextTry: 86_400)), (2, 86_400, .attempt),
        (3, 0, .refusedBefore(nextTry: nil)), (3, 1_000_000_000, .refusedBefore(nextTry: nil)),
    ])
    func aRefusedCredentialComesBackOnceAfterAnHourAndOnceAfterADay(tries: Int, now: Int, decision: LoginDecision) {
        var history = LoginHistory()
        for _ in 1...tries { history.fail("a", .refused, at: 0) }
        #expect(history.decide(on: "a", at: now, .person) == decision)
        #expect(history.decide(on: "a", at: now, .force) == .attempt)
    }

    @Test(arguments: [(1, 10 * minute), (2, hour), (3, day), (4, day), (40, day)])
    func oneWhoseAnswerWasLostComesBackEverMoreSlowlyAndForEver(losses: Int, wait: Int) {
        var history = LoginHistory()
        for _ in 1...losses { history.fail("a", .lost, at: 0) }
        #expect(history.decide(on: "a", at: wait - 1, .person) == .lostBefore(nextTry: wait))
        #expect(history.decide(on: "a", at: wait, .unattended) == .attempt)
        #expect(history.decide(on: "a", at: 0, .force) == .attempt)
    }

    /// What was begun is remembered as lost from the beginning: the process may die before it can say so.
    @Test func oneThatIsUnderWayIsLostUntilItEnds() {
        let under = LoginHistory().during("a", at: 0)
        #expect(under == LoginHistory().after(.lost, of: "a", at: 0))
        #expect(under.decide(on: "a", at: 0, .unattended) == .lostBefore(nextTry: 10 * Self.minute))
        #expect(under.decide(on: "b", at: 0, .unattended) == .attempt)
    }

    /// A second thought may be lost as well; then it has been had, and that alone locks nobody out.
    @Test(arguments: [1, 2, 20])
    func aSecondThoughtThatWasLostIsNotHadAgainForADay(losses: Int) {
        var history = LoginHistory()
        history.fail("a", .refused, at: 0)
        for _ in 1...losses { history.fail("a", .lost, at: Self.hour) }
        let next = Self.hour + Self.day
        #expect(history.decide(on: "a", at: next - 1, .person) == .refusedBefore(nextTry: next))
        #expect(history.decide(on: "a", at: next, .person) == .attempt)
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
        guard case .exhausted(failures: 3, _) = history.decide(on: "d", at: 0, .unattended) else {
            Issue.record("one more was let in")
            return
        }
        #expect(history.decide(on: "d", at: 0, .person) == .attempt)
        #expect(history.decide(on: "d", at: 0, .force) == .attempt)
    }

    /// Refused ones never again; lost ones may have been right, and yet must not add up to a ban in a short time.
    @Test func afterThreeLostOnesOneMoreComesAfterAnHourAndThenOneADay() {
        var history = LoginHistory()
        for name in ["a", "b", "c"] { history.fail(name, .lost, at: 0) }
        #expect(history.decide(on: "d", at: 3599, .unattended) == .exhausted(failures: 3, nextTry: 3600))
        #expect(history.decide(on: "d", at: 3600, .unattended) == .attempt)
        history.fail("d", .lost, at: 3600)
        for failures in 4...9 {
            let next = 3600 + (failures - 3) * Self.day
            #expect(history.decide(on: "e", at: next - 1, .unattended) == .exhausted(failures: failures, nextTry: next))
            #expect(history.decide(on: "e", at: next, .unattended) == .attempt)
            history.fail("\(failures)", .lost, at: next)
        }
    }

    @Test func afterThreeRefusedOnesNoneComesByItself() {
        var history = LoginHistory()
        for name in ["a", "b", "c"] { history.fail(name, .refused, at: 0) }
        #expect(history.decide(on: "a", at: 59, .unattended) == .refusedBefore(nextTry: 3600))
        #expect(history.decide(on: "a", at: 3600, .unattended) == .exhausted(failures: 3, nextTry: nil))
    }

    /// What a cron job with a stale password has used up must not keep the right one out for good.
    @Test func oneThatWasNeverSentHasATurnAfterAll() {
        var history = LoginHistory()
        for now in [0, 3600, 90_000] { history.fail("stale", .refused, at: now) }
        #expect(history.decide(on: "right", at: 90_001, .unattended) == .exhausted(failures: 3, nextTry: 93_600))
        #expect(history.decide(on: "right", at: 93_600, .unattended) == .attempt)
        history.fail("wrong too", .refused, at: 93_600)
        #expect(history.decide(on: "right", at: .max, .unattended) == .exhausted(failures: 4, nextTry: nil))
    }

    /// The server has not heard what a proxy in front of it refused.
    @Test func whatIsRefusedInFrontPacesItselfAlone() {
        var history = LoginHistory()
        for now in [0, 3600, 90_000, 200_000] { history.fail("stale", .refusedInFront, at: now) }
        #expect(history.failures == 0)
        #expect(history.decide(on: "stale", at: .max, .unattended) == .refusedBefore(nextTry: nil))
        #expect(history.decide(on: "right", at: 200_000, .unattended) == .attempt)
        history.fail("right", .lost, at: 200_000)
        history.fail("right", .letPass, at: 300_000)
        #expect(history.decide(on: "right", at: 300_000, .unattended) == .attempt)
    }

    /// A person too is asked before the one that the usual limit of five would answer with a ban.
    @Test func theFifthFailureWantsAWordFromAPerson() {
        var history = LoginHistory()
        for name in ["a", "b", "c", "d"] {
            #expect(history.decide(on: "e", at: 0, .person) == .attempt)
            history.fail(name, .refused, at: 0)
        }
        #expect(history.decide(on: "e", at: 0, .person) == .exhausted(failures: 4, nextTry: nil))
        #expect(history.decide(on: "e", at: 0, .force) == .attempt)
    }

    /// However a run of events goes on in one hour, unattended: never five that the server may count.
    @Test func withinAnHourNothingLeadsToABan() {
        for seed in 0..<200 {
            var (generator, history, counted) = (Repeatable(seed), LoginHistory(), 0)
            for now in stride(from: 0, to: 3600, by: 20) {
                let name = "\(Int.random(in: 0..<8, using: &generator))"
                guard history.decide(on: name, at: now, .unattended) == .attempt else { continue }
                let outcome = [LoginOutcome.refused, .lost, .unheard].randomElement(using: &generator) ?? .lost
                if case .unheard = outcome {} else { counted += 1 }
                history.fail(name, outcome, at: now)
            }
            #expect(counted <= 3)
        }
    }

    @Test func whatReachedNoLoginLogicDoesNotCount() {
        var history = LoginHistory()
        history.fail("a", .lost, at: 0)
        let before = history
        for _ in 1...10 { history.fail("a", .unheard, at: 1000) }
        #expect(history == before)
    }

    @Test func aProvenLoginClearsAll() {
        var history = LoginHistory()
        history.fail("a", .refused, at: 0)
        history.fail("d", .lost, at: 0)
        history.fail("b", .banned(address: nil), at: 0)
        history.fail("c", .proven, at: 60)
        #expect(history == LoginHistory())
    }

    @Test func aBanPacesAttemptsToOneAMinuteAndDoesNotCount() {
        var history = LoginHistory()
        for minute in 0...9 { history.fail("a", .banned(address: "127.0.0.1"), at: 100 + minute * 60) }
        #expect(history.failures == 0)
        let ban = LoginHistory.Ban(since: 100, lastTry: 640, address: "127.0.0.1")
        #expect(history.decide(on: "a", at: 699, .person) == .banned(ban))
        #expect(history.decide(on: "a", at: 700, .unattended) == .attempt)
        #expect(history.decide(on: "a", at: 699, .force) == .attempt)
    }

    @Test func aRefusalShowsThatTheBanIsOver() {
        var history = LoginHistory()
        history.fail("a", .banned(address: nil), at: 0)
        history.fail("a", .refused, at: 60)
        #expect(history.ban == nil)
        #expect(history.decide(on: "b", at: 61, .unattended) == .attempt)
    }

    /// Waiting begins anew: it neither ends at once nor lasts until the clock has caught up.
    @Test func aClockThatWasSetBackLetsNobodyInEarlyOrNever() {
        var history = LoginHistory()
        history.fail("a", .refused, at: 1_000_000)
        history.fail("b", .lost, at: 1_000_000)
        history.fail("c", .lost, at: 1_000_000)
        history.fail("d", .banned(address: nil), at: 1_000_000)
        let settled = history.settled(at: 5)
        #expect(settled.decide(on: "a", at: 5, .unattended) == .refusedBefore(nextTry: 5 + Self.hour))
        #expect(settled.decide(on: "b", at: 5, .unattended) == .lostBefore(nextTry: 5 + 10 * Self.minute))
        #expect(settled.decide(on: "e", at: 64, .unattended) == .banned(.init(since: 5, lastTry: 5, address: nil)))
        #expect(settled.decide(on: "e", at: 65, .unattended) == .exhausted(failures: 3, nextTry: 5 + Self.hour))
        #expect(history.settled(at: 1_000_000) == history)
    }

    @Test func itDoesNotGrowWithoutEnd() {
        var history = LoginHistory()
        for number in 0..<100 { history.fail("\(number)", .refused, at: number) }
        #expect(history.sent.count == 16)
        #expect(history.sent.last?.fingerprint == "99")
    }

    /// A program that is newer may have written more, and one that is older less.
    @Test func whatIsNotKnownIsPassedOver() throws {
        let text = #"{"failures": 2, "novel": {"a": [1]}, "sent": []}"#
        let history = try JSONDecoder().decode(LoginHistory.self, from: Data(text.utf8))
        #expect(history.failures == 2 && history.sent.isEmpty)
    }
}

extension LoginHistory {
    fileprivate mutating func fail(_ fingerprint: String, _ outcome: LoginOutcome, at now: Int) {
        self = after(outcome, of: fingerprint, at: now)
    }
}

/// The same numbers at each run, so that what fails once fails again.
private struct Repeatable: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
