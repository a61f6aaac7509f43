extension LoginHistory {
    /// Throws when this credential must not be sent now.
    func allow(
        _ fingerprint: String,
        at server: Server,
        now: Int,
        _ insistence: SignIn.Insistence
    ) throws(ServerError) {
        guard let code = decide(on: fingerprint, at: now, insistence).code else { return }
        throw ServerError(code, at: server, "auth/login")
    }
}

extension LoginDecision {
    fileprivate var code: ServerError.Code? {
        switch self {
        case .attempt: nil
        case .refusedBefore(let nextTry): .refusedBefore(nextTry: nextTry)
        case .lostBefore(let nextTry): .lostBefore(nextTry: nextTry)
        case .banned(let ban): .banned(since: ban.since, address: ban.address)
        case .exhausted(let failures, let nextTry): .attemptsExhausted(failures: failures, nextTry: nextTry)
        }
    }
}
