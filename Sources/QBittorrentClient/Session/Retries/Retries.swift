/// Whether a request is sent again, and when. A value that decides: no clock, no network, no chance.
///
/// What reads is sent again on failures that pass by themselves. What changes the server is sent again only where it
/// certainly has not arrived: nobody can tell whether a lost change was carried out, and a second one would be a second
/// change. The pauses are bounded, and with them the tries.
struct Retries {
    private let rules: RetryRules
    private let method: Request.Method
    private let isEstablished: Bool
    private var failures = 0
    private var silences = 0
    /// How long the server has been away: pauses, and tries that got no connection.
    private var waited = Duration.zero

    /// - Parameter isEstablished: whether the session has worked with this server before.
    init(_ rules: RetryRules, _ method: Request.Method, isEstablished: Bool) {
        self.rules = rules
        self.method = method
        self.isEstablished = isEstablished
    }

    /// - Parameters:
    ///   - duration: how long the try took.
    ///   - left: what is left of the deadline.
    ///   - chance: from 0 to 1; spreads those that were cut off together.
    /// - Returns: the pause before the next try; nil when this outcome is the last.
    mutating func pause(
        after outcome: Outcome, of duration: Duration, left: Duration, chance: Double
    ) -> Duration? {
        guard mayRepeat(after: outcome) else { return nil }
        if case .failure(let error) = outcome, error.nothingWasSent { waited += duration }
        let wish = outcome.retryAfter
        let pause = backoff(chance) + (wish ?? .zero)
        let patience = isEstablished || wish != nil ? rules.patience : rules.firstPatience
        guard waited + pause <= patience, pause < left else { return nil }
        failures += 1
        waited += pause
        return pause
    }

    private mutating func mayRepeat(after outcome: Outcome) -> Bool {
        switch (outcome, method) {
        case (.failure(let error), _) where error.nothingWasSent && error.mayPass: return true
        case (.failure(.timedOut), .get):
            // A connection may have died unnoticed. A server that is silent twice is not waited for again, and one that
            // has never answered not twice.
            silences += 1
            return isEstablished && silences == 1
        case (.failure(let error), .get): return error.mayPass
        case (.answer(let answer), .get): return [429, 502, 503, 504].contains(answer.status)
        case (_, .post): return false
        }
    }

    /// From one half of the full pause to all of it.
    private func backoff(_ chance: Double) -> Duration {
        let full = min(rules.firstPause * (1 << min(failures, 16)), rules.longestPause)
        return full * (0.5 + chance / 2)
    }

    /// How a try has ended.
    enum Outcome {
        case answer(Response)
        case failure(TransportError)

        var retryAfter: Duration? {
            guard case .answer(let answer) = self else { return nil }
            return answer.retryAfter
        }
    }
}

extension TransportError {
    /// Whether a moment later it may be gone by itself, as when a server is restarted.
    fileprivate var mayPass: Bool {
        guard case .unreachable(let reason) = self else { return false }
        return reason != .unknownHost
    }
}
