package import Logging
package import Secrets

extension Session {
    /// Signs in, runs `body`, and signs out however it ends.
    ///
    /// - Parameters:
    ///   - credentials: is asked only where a login is needed, or failures are remembered.
    /// - Throws: what `credentials` and `body` throw, and `ServerError`.
    package static func signedIn<R>(
        to server: Server,
        over transport: any Transport,
        guard loginGuard: LoginGuard?,
        rules: SignIn.Rules = SignIn.Rules(),
        logger: Logger = .off,
        credentials: () async throws -> Credentials,
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

    /// Where failures are remembered, the credentials are looked at first: one that was refused before is known without
    /// any request.
    private nonisolated func enter(_ credentials: () async throws -> Credentials) async throws {
        guard let loginGuard, try loginGuard.remembersFailures(at: server) else {
            guard try await probe() == .needsLogin else { return }
            return try await signIn(with: try await credentials())
        }
        let known = try await credentials()
        try await admit(try loginGuard.fingerprint(of: known, at: server), loginGuard)
        guard try await probe() == .needsLogin else { return }
        try await signIn(with: known)
    }
}
