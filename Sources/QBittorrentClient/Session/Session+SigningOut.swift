package import Secrets

extension Session {
    /// Closes the session on the server and drops the credentials. What cannot be closed expires by itself.
    ///
    /// It takes place although the task that calls it is cancelled: a session left open is one of few places on the
    /// server (15 on 5.3.0).
    package func signOut() async {
        _ = await renewal?.value
        credentials = nil
        guard !cookies.isEmpty else { return }
        var request = Request.post("auth/logout")
        request.cookies = cookies
        request.deadline = .seconds(5)
        cookies = []
        proof = nil
        let (transport, logout) = (transport, request)
        await Task { _ = try? await transport.send(logout) }.value
    }

    /// Signs in, runs `body`, and signs out however it ends.
    ///
    /// - Parameters:
    ///   - credentials: is asked only after the probe has shown that a login is needed.
    /// - Throws: what `credentials` and `body` throw, and `ServerError`.
    package static func signedIn<R>(
        to server: Server,
        over transport: any Transport,
        guard loginGuard: LoginGuard?,
        rules: SignIn.Rules = SignIn.Rules(),
        credentials: () async throws -> Credentials,
        _ body: (Session) async throws -> R
    ) async throws -> R {
        let session = Session(on: server, over: transport, guard: loginGuard, rules: rules)
        do {
            if try await session.probe() == .needsLogin { try await session.signIn(with: try await credentials()) }
            let result = try await body(session)
            await session.signOut()
            return result
        } catch {
            await session.signOut()
            throw error
        }
    }
}
