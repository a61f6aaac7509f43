package import Logging
import Secrets

extension Session {
    /// Signs in, runs `body`, and signs out however it ends.
    ///
    /// - Parameters:
    ///   - credentials: is asked only where a login is needed, or failures are remembered, or a key is to be proved.
    /// - Throws: what `credentials` and `body` throw, and `ServerError`.
    package static func signedIn<R>(
        to server: Server,
        over transport: any Transport,
        guard loginGuard: LoginGuard?,
        rules: SignIn.Rules = SignIn.Rules(),
        logger: Logger = .off,
        credentials: @escaping SignIn.Source,
        _ body: (Session) async throws -> R
    ) async throws -> R {
        let session = Session(on: server, over: transport, guard: loginGuard, rules: rules, logger: logger)
        do {
            try await session.enter(credentials)
            let result = try await body(session)
            await session.signOut()
            return result
        } catch {
            await session.signOut()
            throw error
        }
    }

    /// Where failures are remembered, the credentials are looked at first: a password that was refused before is known
    /// without any request. A key cannot get an address banned, so nothing is remembered of it.
    nonisolated func enterIfAllowed(_ source: @escaping SignIn.Source) async throws {
        guard let loginGuard, try loginGuard.remembersFailures(at: server) else {
            switch try await probe() {
            case .needsLogin: return try await signIn(with: try await source(), from: source)
            // That there are none matters only where a login is needed.
            case .bypass: return try await proveUnderBypass { try? await source() }
            }
        }
        let known = try await source()
        if !known.hasAPIKey, let fingerprint = try known.fingerprint(by: loginGuard, at: server) {
            try await loginGuard.check(fingerprint, at: server, await insistence)
        }
        switch try await probe() {
        case .needsLogin: try await signIn(with: known, from: source)
        case .bypass: try await enterByKeyUnderBypass(known)
        }
    }

    private nonisolated func proveUnderBypass(_ source: () async -> ServerCredentials?) async throws(ServerError) {
        switch await source() {
        case let known?: try await enterByKeyUnderBypass(known)
        case nil: return
        }
    }
}

extension ServerCredentials {
    fileprivate borrowing func fingerprint(
        by loginGuard: LoginGuard, at server: Server
    ) throws(ServerError) -> String? {
        switch login {
        case .some(let login): try loginGuard.fingerprint(of: login, at: server)
        case nil: nil
        }
    }
}
