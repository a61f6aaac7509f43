import Testing

@testable import TorrentCreation

/// How often it is looked, and when it is given up. No clock is involved.
@Suite struct CreationTimeTests {
    private var limits: Creation.Limits {
        var limits = Creation.Limits()
        limits.withoutProgress = .seconds(100)
        limits.slowestPace = .seconds(1)
        return limits
    }

    private func watching(_ limits: Creation.Limits) -> Creation {
        var creation = Creation(limits: limits, isTuned: false)
        _ = creation.hear(.submitted(id: "a"), at: .zero)
        return creation
    }

    private func delay(_ action: Creation.Action) -> Duration? {
        switch action {
        case .look(_, let delay), .submit(_, let delay): delay
        default: nil
        }
    }

    @Test func thePaceSlowsDownToItsLimit() {
        var creation = watching(limits)
        let delays = (0..<15).map { _ in delay(creation.hear(.waiting, at: .zero)) ?? .zero }
        #expect(delays.prefix(3) == [.microseconds(7500), .microseconds(11_250), .microseconds(16_875)])
        #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(delays.suffix(2) == [.seconds(1), .seconds(1)])
    }

    @Test func aPaceBelowTheQuickestIsObeyed() {
        var limits = limits
        limits.slowestPace = .milliseconds(1)
        var creation = watching(limits)
        #expect(delay(creation.hear(.waiting, at: .zero)) == .milliseconds(1))
    }

    @Test func progressQuickensThePaceAgain() {
        var creation = watching(limits)
        for _ in 0..<20 { _ = creation.hear(.running(1), at: .zero) }
        #expect(delay(creation.hear(.running(1), at: .zero)) == .seconds(1))
        #expect(delay(creation.hear(.running(2), at: .zero)) == Creation.Pace.quickest)
    }

    /// Heard at the second named, the last of them when time is up.
    static let stalled: [[(Int, Creation.Event)]] = [
        [(50, .waiting), (100, .waiting)],
        [(100, .running(nil)), (200, .running(nil))],
        [(100, .running(0)), (200, .running(nil))],
        [(10, .running(30)), (60, .running(30)), (110, .running(30))],
        [(10, .running(30)), (60, .running(20)), (110, .running(30))],
        [(10, .running(30)), (60, .waiting), (110, .running(30))],
    ]

    @Test(arguments: stalled.indices)
    func withoutProgressItIsGivenUp(row: Int) {
        var creation = watching(limits)
        let events = Self.stalled[row]
        for (time, event) in events.dropLast() {
            let action = creation.hear(event, at: .seconds(time))
            #expect(delay(action) != nil, "at \(time)")
        }
        let (time, event) = events[events.count - 1]
        #expect(creation.hear(event, at: .seconds(time)) == .fail(.noProgress(.seconds(100))))
    }

    @Test func aQueueThatStaysFullIsGivenUp() {
        var creation = Creation(limits: limits, isTuned: false)
        #expect(delay(creation.hear(.full, at: .seconds(99))) != nil)
        #expect(creation.hear(.full, at: .seconds(100)) == .fail(.queueFull))
    }

    @Test func aTaskThatIsTakenOrLostBeginsAnew() {
        var creation = Creation(limits: limits, isTuned: false)
        _ = creation.hear(.full, at: .seconds(99))
        _ = creation.hear(.submitted(id: "a"), at: .seconds(99))
        #expect(delay(creation.hear(.running(60), at: .seconds(190))) != nil)
        #expect(creation.hear(.gone, at: .seconds(280)) == .submit(tuned: false, after: .zero))
        _ = creation.hear(.submitted(id: "b"), at: .seconds(280))
        #expect(delay(creation.hear(.running(10), at: .seconds(370))) != nil)
        #expect(delay(creation.hear(.running(10), at: .seconds(469))) != nil)
        #expect(creation.hear(.running(10), at: .seconds(470)) == .fail(.noProgress(.seconds(100))))
    }

    @Test func noWaitGoesPastALimit() {
        var limits = limits
        limits.slowestPace = .seconds(60)
        limits.inAll = .seconds(150)
        var creation = watching(limits)
        for _ in 0..<30 { _ = creation.hear(.waiting, at: .zero) }
        #expect(delay(creation.hear(.waiting, at: .seconds(30))) == .seconds(60))
        #expect(delay(creation.hear(.waiting, at: .seconds(90))) == .seconds(10))
        for _ in 0..<30 { _ = creation.hear(.running(1), at: .seconds(95)) }
        #expect(delay(creation.hear(.running(1), at: .seconds(120))) == .seconds(30))
    }

    /// Each of these would go on, were it not for the limit.
    @Test(arguments: [Creation.Event.waiting, .running(99), .gone])
    func theLimitInAllHoldsWhateverTheProgress(event: Creation.Event) {
        var limits = limits
        limits.inAll = .seconds(10)
        var creation = watching(limits)
        #expect(delay(creation.hear(.running(50), at: .milliseconds(9_999))) != nil)
        #expect(creation.hear(event, at: .seconds(10)) == .fail(.tooLong(.seconds(10))))
    }

    @Test func theLimitInAllHoldsWhileTheQueueIsFull() {
        var limits = limits
        limits.inAll = .seconds(10)
        var creation = Creation(limits: limits, isTuned: true)
        #expect(creation.hear(.full, at: .seconds(10)) == .fail(.tooLong(.seconds(10))))
        creation = Creation(limits: limits, isTuned: true)
        #expect(creation.hear(.refused, at: .seconds(10)) == .fail(.tooLong(.seconds(10))))
    }

    /// What is over is told as it ended, and what has been made is fetched.
    @Test func theLimitInAllCutsNothingOffThatHasEnded() {
        var limits = limits
        limits.inAll = .seconds(10)
        var creation = watching(limits)
        #expect(creation.hear(.failed("no"), at: .seconds(11)) == .fail(.server("no")))
        creation = watching(limits)
        #expect(creation.hear(.finished, at: .seconds(11)) == .fetch(id: "a"))
        var lost = creation
        #expect(creation.hear(.fetched, at: .seconds(12)) == .done)
        #expect(lost.hear(.fileLost, at: .seconds(12)) == .fail(.tooLong(.seconds(10))))
    }
}
