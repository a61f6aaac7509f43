/// Whether a login may be sent.
enum LoginDecision: Equatable, Sendable {
    case attempt
    case refusedBefore(nextTry: Int?)
    case lostBefore(nextTry: Int)
    case banned(LoginHistory.Ban)
    case exhausted(failures: Int, nextTry: Int?)
}

extension LoginHistory {
    /// Five failures lead to a ban. Two are left to people.
    static let unattendedFailures = 3
    /// As many as lead to a ban where nobody has changed the server's own limit.
    static let usualLimit = 5

    /// - Parameter now: not before any time that is remembered here (`settled`).
    func decide(on fingerprint: String, at now: Int, _ insistence: SignIn.Insistence) -> LoginDecision {
        if insistence == .force { return .attempt }
        if let entry = sent.first(where: { $0.fingerprint == fingerprint }), !entry.isDue(at: now) {
            let nextTry = entry.nextTry
            return if entry.refusals == 0, let nextTry {
                .lostBefore(nextTry: nextTry)
            } else {
                .refusedBefore(nextTry: nextTry)
            }
        }
        // An attempt a minute finds the end of a ban soon enough.
        if let ban, now < ban.lastTry + .minute { return .banned(ban) }
        if failures >= insistence.mostFailures {
            let nextTry = nextExtraTry(of: fingerprint)
            if nextTry.map({ now < $0 }) ?? true { return .exhausted(failures: failures, nextTry: nextTry) }
        }
        return .attempt
    }

    /// When one more may be sent although too many have failed; nil for never. Answers that were lost must not lock a
    /// right password out for good, nor add up to a ban within a day. And a credential that was never sent may be the right
    /// one at last, so one such has its turn, as long as a further failure is left to people.
    private func nextExtraTry(of fingerprint: String) -> Int? {
        if refusals < Self.unattendedFailures {
            return lastAttempt + (failures > Self.unattendedFailures ? .day : .hour)
        }
        let isNew = !sent.contains { $0.fingerprint == fingerprint }
        return isNew && failures < Self.usualLimit - 1 ? lastAttempt + .hour : nil
    }
}

extension SignIn.Insistence {
    /// A person is asked before the one that may lead to the ban.
    fileprivate var mostFailures: Int {
        switch self {
        case .unattended: LoginHistory.unattendedFailures
        case .person: LoginHistory.usualLimit - 1
        case .force: .max
        }
    }
}

extension LoginHistory.Sent {
    /// When it is sent again by itself; nil for never.
    ///
    /// One that was refused: once after an hour and once after a day, because the server may have been changed to
    /// match. One whose answer was lost may be right, so it comes back for ever, though ever more slowly.
    var nextTry: Int? {
        switch (refusals, losses) {
        case (0, ...1): lastTry + 10 * .minute
        case (0, 2), (1, 0): lastTry + .hour
        case (0...2, _): lastTry + .day
        default: nil
        }
    }

    fileprivate func isDue(at now: Int) -> Bool { nextTry.map { now >= $0 } ?? false }
}

/// In seconds.
extension Int {
    fileprivate static let minute = 60
    fileprivate static let hour = 3600
    fileprivate static let day = 86_400
}
