package import Secrets
import Subprocess

extension RealServer {
    /// The server's own word for its release, such as `v5.1.0`.
    package func release() async throws -> String { try await answer(to: "app/version") }

    /// The version of its Web API, such as `2.11.4`.
    package func webAPIVersion() async throws -> String { try await answer(to: "app/webapiVersion") }

    /// Signs in by means of curl, asks, and returns the answer's body.
    ///
    /// - Parameter endpoint: what follows `/api/v2/`.
    package func answer(to endpoint: String) async throws -> String { try await asked(endpoint).text }

    /// Makes the server's API key (5.2 and later). The key before it is dead from then on.
    package func makeAPIKey() async throws -> Secret {
        // {"apiKey":"qbt_…"}
        let quoted = try await asked("app/rotateAPIKey", ["--data", ""]).output.split(separator: UInt8(ascii: "\""))
        guard quoted.count >= 4 else { throw NoKey() }
        return Secret(copying: quoted[3])
    }

    private struct NoKey: Error {}

    private func asked(_ endpoint: String, _ more: [String] = []) async throws -> ToolRun {
        let always = ["--silent", "--show-error", "--fail", "--insecure", "--noproxy", "*", "--cookie", ""]
        // One run of curl keeps the cookie of its first request for the second.
        let login = [
            "--output", "/dev/null", "--data-urlencode", "username=\(username)",
            "--data-urlencode", "password@-", "\(url)/api/v2/auth/login",
        ]
        return try await ToolRun.succeeding(
            .name("curl"),
            always + login + ["--next"] + always + more + ["\(url)/api/v2/\(endpoint)"],
            input: .secret(password())
        )
    }
}

extension Secret {
    /// A key in the server's form that no server knows.
    package static func unknownAPIKey() -> Secret {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return Secret(copying: "qbt_".utf8 + (0..<28).map { _ in letters[.random(in: letters.indices)] })
    }
}
