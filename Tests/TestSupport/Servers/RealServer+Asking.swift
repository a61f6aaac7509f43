import Subprocess

extension RealServer {
    /// The server's own word for its release, such as `v5.1.0`.
    package func release() async throws -> String { try await answer(to: "app/version") }

    /// The version of its Web API, such as `2.11.4`.
    package func webAPIVersion() async throws -> String { try await answer(to: "app/webapiVersion") }

    /// Signs in by means of curl, asks, and returns the answer's body.
    ///
    /// - Parameter endpoint: what follows `/api/v2/`.
    package func answer(to endpoint: String) async throws -> String {
        let always = ["--silent", "--show-error", "--fail", "--insecure", "--noproxy", "*", "--cookie", ""]
        // One run of curl keeps the cookie of its first request for the second.
        let login = [
            "--output", "/dev/null", "--data-urlencode", "username=\(username)",
            "--data-urlencode", "password@-", "\(url)/api/v2/auth/login",
        ]
        return try await ToolRun.succeeding(
            .name("curl"),
            always + login + ["--next"] + always + ["\(url)/api/v2/\(endpoint)"],
            input: .secret(password())
        ).text
    }
}
