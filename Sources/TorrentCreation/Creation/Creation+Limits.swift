extension Creation {
    package struct Limits: Hashable, Sendable {
        /// The longest time without progress. The server tells whole percents, so one of them has to fit.
        package var withoutProgress = Duration.seconds(300)
        /// The longest time in all, for all sources of a run together; nil for none.
        package var inAll: Duration?
        /// The slowest pace of asking.
        package var slowestPace = Duration.seconds(2)

        package init() {}
    }

    /// How long to wait before the next question: ever longer, until there is progress.
    struct Pace: Hashable, Sendable {
        /// A task that is small is done in a few milliseconds. Looking oftener than this takes more time from the server
        /// than it saves (measured: 300 small ones take 0.41 s with 5 ms, 0.45 s with 2 ms, 0.85 s with 20 ms).
        static let quickest = Duration.milliseconds(5)

        private let limits: Limits
        private var delay = quickest
        private var lastProgress = Duration.zero

        init(_ limits: Limits) { self.limits = limits }

        mutating func noteProgress(at time: Duration) {
            lastProgress = time
            delay = Self.quickest
        }

        /// Each time half as much longer, up to the slowest pace, and never past a limit. Nil when there was no progress
        /// for too long.
        mutating func next(at time: Duration) -> Duration? {
            let left = lastProgress + limits.withoutProgress - time
            guard left > .zero else { return nil }
            defer { delay = min(delay * 3 / 2, limits.slowestPace) }
            let leftInAll = limits.inAll.map { $0 - time } ?? left
            return min(delay, limits.slowestPace, left, leftInAll)
        }
    }
}
