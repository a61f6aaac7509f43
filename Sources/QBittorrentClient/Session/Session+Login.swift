import Logging
import Secrets

extension Session {
    /// One login, in the sight of the guard.
    func logIn() async throws(ServerError) {
        defer { insistence = rules.insistence }
        guard let loginGuard else { return try settle(try await attempt(), banned: nil) }
        let attempt = try await loginGuard.begin(try fingerprint(by: loginGuard), at: server, insistence)
        let verdict: LoginVerdict
        do throws(ServerError) { verdict = try await self.attempt() } catch {
            _ = attempt.end(error.code.wasNeverSent ? .unheard : .lost)
            throw error
        }
        let ban = attempt.end(verdict.outcome(from: transport.localAddress))
        try settle(verdict, banned: ban?.since)
    }

    /// Sends the password, without a cookie: beside a live one the server would not look at it (observed).
    private func attempt() async throws(ServerError) -> LoginVerdict {
        logger.info("signing in with user name and password")
        let form = try borrowed { FormBody([Field("username", $0.username)], secret: "password", $0.password) }
        defer { form.wipe() }
        return LoginVerdict(try await send(.post(Self.login, form)))
    }

    private func fingerprint(by loginGuard: LoginGuard) throws(ServerError) -> String {
        try borrowed { credentials throws(ServerError) in try loginGuard.fingerprint(of: credentials, at: server) }
    }

    /// Credentials that are refused are dropped, so that no later request of this session sends them again.
    private func settle(_ verdict: LoginVerdict, banned since: Int?) throws(ServerError) {
        switch verdict {
        case .proven(let fresh):
            cookies = fresh
            generation += 1
            proof = .password
            logger.info("signed in")
        case .refused: throw give(up: .wrongPassword)
        case .banned: throw give(up: .banned(since: since, address: transport.localAddress))
        case .strange(let code): throw ServerError(code, at: server, Self.login)
        }
    }

    private func give(up code: ServerError.Code) -> ServerError {
        let error = ServerError(code, at: server, Self.login)
        credentials = nil
        refusal = error
        return error
    }

    private func borrowed<R>(
        _ body: (borrowing Credentials) throws(ServerError) -> R
    ) throws(ServerError) -> R {
        switch credentials {
        case .some(let credentials): return try body(credentials)
        case nil: throw ServerError(.sessionRefused, at: server, Self.login)
        }
    }

    private static let login = "auth/login"
}

extension ServerError.Code {
    var wasNeverSent: Bool {
        guard case .transport(let error) = self else { return false }
        return error.nothingWasSent
    }
}
