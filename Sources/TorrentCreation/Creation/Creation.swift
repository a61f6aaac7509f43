/// The life of one torrent's creation on a server: a value that hears what happened and names the next step.
///
/// It knows no clock and no network. Times are counted from the beginning of the run, which `Limits.inAll` is about.
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
        /// In the server's own words, which it translates.
        case failed(String)
        /// The server knows no such task, or none any more: it was evicted, or the server restarted.
        case gone
        /// The task has finished, and what it made is lost: another server on that machine has emptied the folder for
        /// temporary files (observed).
        case fileLost
        case fetched
    }

    /// What is to be done next.
    package enum Action: Hashable, Sendable {
        /// Not `tuned`: without the parameters that only tune, once a server has refused them.
        case submit(tuned: Bool, after: Duration)
        case look(id: String, after: Duration)
        case fetch(id: String)
        case done
        case fail(Failure)
    }

    package enum Failure: Hashable, Sendable {
        case server(String)
        case parametersRefused
        case queueFull
        /// Twice the server lost the task or its file.
        case forgotten
        /// Something happened that cannot follow what was before.
        case contradiction
        case noProgress(Duration)
        case tooLong(Duration)
    }

    private enum Phase: Hashable, Sendable { case submitting, watching(id: String), fetching(id: String), over }

    private let limits: Limits
    private var phase = Phase.submitting
    private var isTuned: Bool
    private var isSubmittedAgain = false
    private var pace: Pace
    /// The most that the present task has come to, in percent.
    private var furthest: Int?

    /// - Parameters:
    ///   - isTuned: whether there are parameters that could be left out.
    ///   - time: when it begins, on the clock that every event is told by.
    package init(limits: Limits, isTuned: Bool, at time: Duration = .zero) {
        self.limits = limits
        self.isTuned = isTuned
        pace = Pace(limits)
        pace.noteProgress(at: time)
    }

    /// Takes it for progress that the server works on what stands before this one in its queue.
    package mutating func noteMovement(at time: Duration) { pace.noteProgress(at: time) }

    /// The first step.
    package var start: Action { .submit(tuned: isTuned, after: .zero) }

    /// - Parameter time: since the beginning of the run.
    package mutating func hear(_ event: Event, at time: Duration) -> Action {
        switch (phase, event) {
        case (.submitting, .submitted(let id)):
            phase = .watching(id: id)
            pace.noteProgress(at: time)
            return goOn(at: time) { .look(id: id, after: $0) }
        case (.submitting, .full):
            let isTuned = isTuned
            return goOn(at: time, orFail: .queueFull) { .submit(tuned: isTuned, after: $0) }
        case (.submitting, .refused):
            guard isTuned else { return end(.fail(.parametersRefused)) }
            isTuned = false
            return submit(at: time)
        case (.watching(let id), .running(let percent)):
            notice(percent ?? 0, at: time)
            return goOn(at: time) { .look(id: id, after: $0) }
        case (.watching(let id), .waiting):
            return goOn(at: time) { .look(id: id, after: $0) }
        case (.watching(let id), .finished):
            phase = .fetching(id: id)
            return .fetch(id: id)
        case (.watching, .failed(let words)): return end(.fail(.server(words)))
        case (.submitting, .gone), (.watching, .gone), (.fetching, .gone), (.fetching, .fileLost):
            guard !isSubmittedAgain else { return end(.fail(.forgotten)) }
            isSubmittedAgain = true
            return submit(at: time)
        case (.fetching, .fetched): return end(.done)
        default: return end(.fail(.contradiction))
        }
    }

    /// From the beginning, at once.
    private mutating func submit(at time: Duration) -> Action {
        if let overdue = overdue(at: time) { return end(.fail(overdue)) }
        phase = .submitting
        furthest = nil
        pace.noteProgress(at: time)
        return .submit(tuned: isTuned, after: .zero)
    }

    /// What goes back and forth is no progress.
    private mutating func notice(_ percent: Int, at time: Duration) {
        if let furthest, percent <= furthest { return }
        furthest = percent
        pace.noteProgress(at: time)
    }

    /// The next step, unless it has taken too long. What has ended is never cut off: only what would go on is.
    private mutating func goOn(
        at time: Duration, orFail stalled: Failure? = nil, _ next: (Duration) -> Action
    ) -> Action {
        if let overdue = overdue(at: time) { return end(.fail(overdue)) }
        guard let delay = pace.next(at: time) else {
            return end(.fail(stalled ?? .noProgress(limits.withoutProgress)))
        }
        return next(delay)
    }

    private func overdue(at time: Duration) -> Failure? {
        limits.inAll.flatMap { time >= $0 ? .tooLong($0) : nil }
    }

    private mutating func end(_ action: Action) -> Action {
        phase = .over
        return action
    }
}
