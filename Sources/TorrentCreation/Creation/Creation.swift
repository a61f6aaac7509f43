/// The life of one torrent's creation on a server: a value that hears what happened and names the next step.
///
/// It knows no clock and no network. Times are counted from its start.
package struct Creation: Hashable, Sendable {
    /// What happened.
    package enum Event: Hashable, Sendable {
        /// The server took the task.
        case submitted(id: String)
        /// The server holds as many tasks as it can.
        case full
        /// The server refuses the parameters (400).
        case refused
        case waiting
        /// Percent, where the server says.
        case running(Int?)
        case finished
        /// The server's own words, which it translates.
        case failed(String)
        /// The server knows no such task any more: it was evicted, or the server restarted.
        case gone
        case fetched
    }

    /// What is to be done next.
    package enum Action: Hashable, Sendable {
        /// Without the parameters that only tune, once a server has refused them.
        case submit(tuned: Bool, after: Duration)
        case look(id: String, after: Duration)
        case fetch(id: String)
        case done(id: String)
        case fail(Failure, id: String?)
    }

    package enum Failure: Hashable, Sendable {
        case server(String)
        case parametersRefused
        case queueFull
        case forgotten
        /// The server says that it is finished and then that it is not.
        case contradiction
        case noProgress(Duration)
        case tooLong(Duration)
    }

    package struct Limits: Hashable, Sendable {
        /// The longest time without progress.
        package var withoutProgress = Duration.seconds(300)
        /// The longest time in all; nil for none.
        package var inAll: Duration?
        /// The slowest pace of asking.
        package var slowestPace = Duration.seconds(2)

        package init() {}
    }

    private enum Phase: Hashable, Sendable { case submitting, watching(id: String), fetching(id: String), over }

    private let limits: Limits
    private var phase = Phase.submitting
    private var isTuned: Bool
    private var submissions = 1
    private var lastProgress = Duration.zero
    private var lastState: Event?
    private var pace = Self.quickestPace

    /// A task that is small is done in a few milliseconds.
    static let quickestPace = Duration.milliseconds(20)

    package init(limits: Limits, isTuned: Bool) {
        self.limits = limits
        self.isTuned = isTuned
    }

    /// The first step.
    package var start: Action { .submit(tuned: isTuned, after: .zero) }

    /// - Parameter time: since the start.
    package mutating func hear(_ event: Event, at time: Duration) -> Action {
        if let limit = limits.inAll, time >= limit, event != .fetched { return fail(.tooLong(limit)) }
        if event != lastState {
            lastState = event
            lastProgress = time
            pace = Self.quickestPace
        }
        switch (phase, event) {
        case (.submitting, .submitted(let id)):
            phase = .watching(id: id)
            return .look(id: id, after: nextPace())
        case (.submitting, .full):
            let isTuned = isTuned
            return waiting(at: time, orFail: .queueFull) { .submit(tuned: isTuned, after: $0) }
        case (.submitting, .refused) where isTuned:
            isTuned = false
            return .submit(tuned: false, after: .zero)
        case (.submitting, .refused): return fail(.parametersRefused)
        case (.watching(let id), .waiting), (.watching(let id), .running):
            return waiting(at: time, orFail: .noProgress(limits.withoutProgress)) { .look(id: id, after: $0) }
        case (.watching(let id), .finished):
            phase = .fetching(id: id)
            return .fetch(id: id)
        case (.watching, .failed(let words)): return fail(.server(words))
        case (.watching, .gone), (.fetching, .gone): return resubmit()
        case (.fetching(let id), .fetched):
            phase = .over
            return .done(id: id)
        default: return fail(.contradiction)
        }
    }

    private mutating func waiting(at time: Duration, orFail failure: Failure, _ next: (Duration) -> Action) -> Action {
        time - lastProgress >= limits.withoutProgress ? fail(failure) : next(nextPace())
    }

    /// A task that is gone is submitted again, once.
    private mutating func resubmit() -> Action {
        guard submissions < 2 else { return fail(.forgotten) }
        submissions += 1
        phase = .submitting
        return .submit(tuned: isTuned, after: .zero)
    }

    private mutating func fail(_ failure: Failure) -> Action {
        let id: String? =
            switch phase {
            case .watching(let id), .fetching(let id): id
            case .submitting, .over: nil
            }
        phase = .over
        return .fail(failure, id: failure == .forgotten ? nil : id)
    }

    /// Each time half as much longer, up to the slowest pace.
    private mutating func nextPace() -> Duration {
        defer { pace = min(pace * 3 / 2, limits.slowestPace) }
        return min(pace, limits.slowestPace)
    }
}
