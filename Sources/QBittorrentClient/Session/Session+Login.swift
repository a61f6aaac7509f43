import Logging
import Secrets

extension Session {
    /// Signs in by what is held: the key first, which no failure can ban, then the password.
    ///
    /// What is refused is compared with its source once more before it is called refused: another process may have
    /// changed it there meanwhile. What stays refused is dropped, so that no later request of this session sends it again.
    func authenticate() async throws(ServerError) {
        key = nil
        do throws(ServerError) { try await attemptBoth() } catch {
            guard error.code.isRefusal, await heldIsOutdated(unless: error.code) else { throw give(up: error) }
            do throws(ServerError) { try await attemptBoth() } catch let second {
                // Where the key alone had changed, the password that was refused first is what is told.
                throw give(up: second.code == .wrongAPIKey ? error : second)
            }
        }
    }

    private func attemptBoth() async throws(ServerError) {
        if try await enterByKey() { return }
        guard holdsLogin else {
            throw ServerError(
                isKeyRefused ? .wrongAPIKey : .sessionRefused, at: server, isKeyRefused ? nil : Self.login)
        }
        try await logIn()
    }

    /// One login, in the sight of the guard.
    private func logIn() async throws(ServerError) {
        // To insist is to send it once.
        defer { insistence = rules.insistence == .force ? .unattended : rules.insistence }
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

    private func settle(_ verdict: LoginVerdict, banned since: Int?) throws(ServerError) {
        switch verdict {
        case .proven(let fresh):
            cookies = fresh
            generation += 1
            proof = .password
            logger.info("signed in")
        case .refused: throw ServerError(.wrongPassword, at: server, Self.login)
        case .banned:
            throw ServerError(.banned(since: since, address: transport.localAddress), at: server, Self.login)
        case .strange(let code): throw ServerError(code, at: server, Self.login)
        }
    }

    private func give(up error: ServerError) -> ServerError {
        guard error.code.isRefusal || error.code.isBan else { return error }
        credentials = nil
        refusal = error
        return error
    }

    /// Reads the source once more. True when it holds something else by now, which is held from then on; but for a
    /// password that is the same and was refused.
    private func heldIsOutdated(unless refusal: ServerError.Code) async -> Bool {
        logger.info("refused; reading the credentials once more")
        guard let source, let fresh = try? await source() else { return false }
        let (keyIsSame, loginIsSame) =
            switch credentials {
            case .some(let held): (ServerCredentials.sameKey(held, fresh), ServerCredentials.sameLogin(held, fresh))
            case nil: (true, true)
            }
        if keyIsSame && loginIsSame { return false }
        credentials = refusal == .wrongPassword && loginIsSame ? fresh.withoutLogin() : fresh
        isKeyRefused = false
        return true
    }

    var holdsLogin: Bool {
        switch credentials {
        case .some(let credentials): credentials.hasLogin
        case nil: false
        }
    }

    private func borrowed<R>(
        _ body: (borrowing Credentials) throws(ServerError) -> R
    ) throws(ServerError) -> R {
        switch credentials {
        case .some(let credentials):
            switch credentials.login {
            case .some(let login): return try body(login)
            case nil: throw ServerError(.sessionRefused, at: server, Self.login)
            }
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

    /// Whether other credentials might be accepted.
    fileprivate var isRefusal: Bool { self == .wrongPassword || self == .wrongAPIKey }

    fileprivate var isBan: Bool {
        if case .banned = self { true } else { false }
    }
}
