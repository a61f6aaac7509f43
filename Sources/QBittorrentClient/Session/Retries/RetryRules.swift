/// How long a call that fails on the way goes on trying.
package struct RetryRules: Sendable {
    /// How long a server that has not answered yet is waited for. Short: where it is down, whoever runs this is to hear
    /// it at once.
    package var firstPatience = Duration.milliseconds(1500)
    /// How long a server that this session has worked with is waited for: a restart of qBittorrent takes some seconds.
    /// A server that names a time itself (`Retry-After`) is waited for as long as well, and no longer.
    package var patience = Duration.seconds(30)
    /// The most time for a call, with all tries, all pauses and the answer's body.
    package var deadline = Duration.seconds(120)
    /// The first pause; each one after it is twice as long.
    package var firstPause = Duration.milliseconds(100)
    package var longestPause = Duration.seconds(2)
    package var pace = Pace()

    package init() {}

    /// The clock and the chance that it goes by: parameters, so that no test has to wait.
    package struct Pace: Sendable {
        /// The time since some fixed moment.
        package var now: @Sendable () -> Duration = { start.duration(to: .now) }
        package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// From 0 to 1.
        package var chance: @Sendable () -> Double = { .random(in: 0...1) }

        package init() {}

        private static let start = ContinuousClock.now
    }
}
