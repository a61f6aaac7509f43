/// Whether a login may be sent.
enum LoginDecision: Equatable, Sendable {
    case attempt
    case refusedBefore(nextTry: Int?)
    case banned(since: Int)
    case exhausted(failures: Int)
}

extension LoginHistory {
    /// Five failures lead to a ban. Two are left to people.
    static let unattendedFailures = 3

    /// - Parameter now: seconds since 1970, as all times here.
    func decide(on fingerprint: String, at now: Int, _ insistence: SignIn.Insistence) -> LoginDecision {
        if insistence == .force { return .attempt }
        if let entry = refused.first(where: { $0.fingerprint == fingerprint }), !entry.isDue(at: now) {
            return .refusedBefore(nextTry: entry.nextTry)
        }
        // An attempt a minute finds the end of a ban soon enough.
        if let ban, !isPast(ban.lastTry + 60, since: ban.lastTry, now) { return .banned(since: ban.since) }
        if insistence == .unattended, failures >= Self.unattendedFailures, !mayTryOnceMore(at: now) {
            return .exhausted(failures: failures)
        }
        return .attempt
    }
}

extension LoginHistory {
    /// Attempts that were interrupted or never answered must not lock a right password out for good.
    private func mayTryOnceMore(at now: Int) -> Bool {
        refusals < Self.unattendedFailures && isPast(lastAttempt + 3600, since: lastAttempt, now)
    }
}

extension LoginHistory.Refused {
    /// The server may have been changed to match: once after an hour, once after a day, then never again.
    var nextTry: Int? {
        switch tries {
        case 1: lastTry + 3600
        case 2: lastTry + 86_400
        default: nil
        }
    }

    func isDue(at now: Int) -> Bool {
        nextTry.map { isPast($0, since: lastTry, now) } ?? false
    }
}

/// A clock that was set back must not lock a credential out for years: the failure counter still holds.
private func isPast(_ moment: Int, since start: Int, _ now: Int) -> Bool { now >= moment || now < start }
