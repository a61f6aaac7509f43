import Logging
package import Secrets

extension Session {
    /// Asks without a cookie whether a login is needed, before any password is sent.
    ///
    /// Where none is, each call without a cookie begins a session and may push out somebody's (observed on 5.3.0), so
    /// the one that this call begins is kept.
    package func probe() async throws(ServerError) -> Probe {
        try checkPlainHTTP()
        logger.info("asking without credentials whether a login is needed")
        let request = Request.get("app/version")
        let anonymous = try await persist(request)
        let answer = try await authorized(request, after: anonymous)
        switch ProbeVerdict(answer) {
        case .found(.needsLogin): return .needsLogin
        case .found(.bypass):
            logger.info("no login is needed from this address, so none is made")
            cookies = answer.cookies
            proof = .bypass
            return .bypass
        case .fails(let code): throw ServerError(code, at: server, request.endpoint)
        }
    }

    /// Proves the credentials, and keeps them for when the session expires. `probe` comes first.
    ///
    /// A login under way when the task is cancelled gets a moment to end: cut off, it would leave a session open that
    /// nobody can close, and count as a failure. So does one that renews the session.
    ///
    /// - Parameter source: is asked again when the credentials are refused.
    package func signIn(
        with credentials: consuming ServerCredentials, from source: SignIn.Source? = nil
    ) async throws(ServerError) {
        try checkPlainHTTP()
        self.credentials = consume credentials
        self.source = source
        isKeyRefused = false
        refusal = nil
        try await Self.waiting(for: Task { await self.loggedIn() }).get()
    }

    /// Signs in again, unless another task has done so since generation `used`, or is doing it.
    func renew(after used: Int, for endpoint: String) async throws(ServerError) {
        guard used == generation else { return }
        if let refusal { throw refusal }
        if credentials == nil { throw ServerError(.nothingToSignInWith, at: server, endpoint) }
        if renewal == nil { logger.info("the session has ended, signing in again") }
        let task = renewal ?? Task { await self.renewed() }
        renewal = task
        try await Self.waiting(for: task).get()
    }

    /// Waits for a login under way; when the waiting task is cancelled, for a moment longer.
    nonisolated static func waiting(
        for task: Task<Result<Void, ServerError>, Never>
    ) async -> Result<Void, ServerError> {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            Task {
                try? await Task.sleep(for: .seconds(5))
                task.cancel()
            }
        }
    }

    private func renewed() async -> Result<Void, ServerError> {
        defer { renewal = nil }
        // Where any password would be accepted, none is sent before the server says that it wants a login by now.
        if isBehindBypass {
            do throws(ServerError) {
                key = nil
                if try await probe() == .bypass {
                    generation += 1
                    return .success(())
                }
                isBehindBypass = false
            } catch { return .failure(error) }
        }
        return await loggedIn()
    }

    private func loggedIn() async -> Result<Void, ServerError> {
        do throws(ServerError) {
            try await authenticate()
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func checkPlainHTTP() throws(ServerError) {
        guard server.scheme == .https || server.isLoopback || rules.allowsPlainHTTP else {
            throw ServerError(.plainHTTPNotAllowed, at: server)
        }
    }
}
