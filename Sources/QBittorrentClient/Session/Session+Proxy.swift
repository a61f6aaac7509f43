extension Session {
    /// Adds what the proxy in front has asked for.
    func authorize(_ request: inout Request) {
        if let proxyAuthorization { request.secretHeaders.append(proxyAuthorization) }
    }

    /// The answer to the anonymous question, asked once more with the proxy's `Authorization` where a proxy wants it.
    ///
    /// qBittorrent reads that header too from 5.2 on, and a wrong one counts to its ban, so what a proxy passes on could
    /// ban this address. So it is never sent to a server that answers by itself, and sending it is an attempt to
    /// sign in: remembered before, by this run and later ones.
    func authorized(_ request: Request, after anonymous: Response) async throws(ServerError) -> Response {
        guard let header = rules.proxyAuthorization, ProbeVerdict(anonymous).isOfAProxy else { return anonymous }
        let answer = try await attempt(request, header)
        switch AuthorizationVerdict(answer) {
        case .refused(let refusal): throw ServerError(.authorization(refusal), at: server, request.endpoint)
        case .accepted, .lost:
            proxyAuthorization = header
            return answer
        }
    }

    private func attempt(_ request: Request, _ header: SecretHeader) async throws(ServerError) -> Response {
        var request = request
        request.secretHeaders.append(header)
        // Sent once: nobody knows whether a lost one was counted.
        guard let loginGuard else { return try await send(request) }
        let fingerprint = try loginGuard.fingerprint(of: header, at: server)
        let attempt: LoginAttempt
        do throws(ServerError) {
            attempt = try await begin(fingerprint, loginGuard)
        } catch {
            guard case .refusedBefore(let nextTry) = error.code else { throw error }
            throw ServerError(.authorization(.before(nextTry: nextTry)), at: server, request.endpoint)
        }
        let answer: Response
        do throws(ServerError) { answer = try await send(request) } catch {
            _ = attempt.end(error.code.wasNeverSent ? .unheard : .lost)
            throw error
        }
        _ = attempt.end(AuthorizationVerdict(answer).outcome)
        return answer
    }

    /// What a person insists on is sent once, and is one credential: this one, or the password after it.
    private func begin(_ fingerprint: String, _ loginGuard: LoginGuard) async throws(ServerError) -> LoginAttempt {
        do throws(ServerError) { return try await loginGuard.begin(fingerprint, at: server, rules.insistence) } catch {
            guard insistence == .force else { throw error }
            insistence = rules.insistence
            return try await loginGuard.begin(fingerprint, at: server, .force)
        }
    }
}

/// What the answer to a question with a proxy's `Authorization` means, which was asked because a proxy wants one.
enum AuthorizationVerdict: Equatable {
    /// The proxy let it pass, and the server has not taken it for a wrong one of its own. Whatever else is wrong shows
    /// in the answer itself.
    case accepted
    case refused(AuthorizationRefusal)
    /// A proxy may give up after the server has judged.
    case lost

    init(_ answer: Response) {
        switch answer.status {
        case _ where answer.asksForAuthentication: self = .refused(.proxy)
        case 401: self = .refused(answer.isHTML ? .proxy : .server)
        case 429, 500...599: self = .lost
        default: self = .accepted
        }
    }

    /// What is remembered. That it was let pass proves no password, so only its own failures are cleared by it.
    var outcome: LoginOutcome {
        switch self {
        case .accepted: .letPass
        case .refused(.proxy): .refusedInFront
        case .refused: .refused
        case .lost: .lost
        }
    }
}

extension ProbeVerdict {
    /// Whether a proxy in front has answered, and might answer otherwise to who shows a password.
    fileprivate var isOfAProxy: Bool {
        switch self {
        case .fails(.notQBittorrent(.asksForAuthentication)), .fails(.notQBittorrent(.redirect)),
            .fails(.notQBittorrent(.refusedByProxy)):
            true
        case .fails, .found: false
        }
    }
}
