import Logging

extension Session {
    /// Closes the session on the server and drops the credentials. What cannot be closed expires by itself.
    ///
    /// It takes place although the task that calls it is cancelled: a session left open is one of few places on the
    /// server (15 on 5.3.0).
    package func signOut() async {
        if let renewal { _ = await Self.waiting(for: renewal) }
        credentials = nil
        source = nil
        key = nil
        proof = nil
        guard !cookies.isEmpty else { return }
        logger.info("signing out")
        var request = Request.post("auth/logout")
        request.cookies = cookies
        authorize(&request)
        request.deadline = .seconds(5)
        cookies = []
        let (transport, logout) = (transport, request)
        await Task { _ = try? await transport.send(logout) }.value
    }
}
