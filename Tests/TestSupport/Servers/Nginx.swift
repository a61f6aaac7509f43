package import SystemPackage

/// A real nginx on loopback, in the foreground and with files of its own, to stand before a server.
package struct Nginx: Sendable {
    package let port: UInt16
    package let folder: FilePath
    private let scheme: String

    package var url: String { "\(scheme)://127.0.0.1:\(port)" }

    /// What it was asked, a line each: the request's first line, the status, and the name that Basic authentication gave.
    package var log: String {
        get throws { String(decoding: try Files.bytes(folder.appending("access")), as: UTF8.self) }
    }

    /// Runs one for the duration of `body`.
    ///
    /// - Parameters:
    ///   - configuration: what stands in its `server` block, such as locations.
    ///   - https: what it identifies itself with; nil is plain http.
    ///   - users: names and passwords for `auth_basic_user_file users;`.
    package static func with<R: Sendable>(
        _ configuration: String, https: TestCertificate? = nil, users: [String: String] = [:],
        _ body: (Nginx) async throws -> R
    ) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let port = FreePort.next()
        let nginx = Nginx(port: port, folder: folder, scheme: https == nil ? "http" : "https")
        let lines = users.map { "\($0.key):{PLAIN}\($0.value)\n" }
        try Files.write(lines.joined(), to: folder.appending("users"))
        try Files.write(nginx.text(configuration, https), to: folder.appending("nginx.conf"))
        return try await KeptProcess.with(
            ["/usr/sbin/nginx", "-e", "stderr", "-p", folder.string, "-c", "nginx.conf"], in: folder,
            isReady: { (try? Files.bytes(folder.appending("pid")))?.isEmpty == false }
        ) { _ in try await body(nginx) }
    }

    private func text(_ configuration: String, _ https: TestCertificate?) -> String {
        let certificate = https.map { "ssl_certificate \($0.certificate); ssl_certificate_key \($0.key);" } ?? ""
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path tmp;" }
        return """
            daemon off; master_process off; pid pid; error_log stderr;
            events {}
            http {
                log_format plain '$request $status $remote_user';
                access_log access plain;
                \(temporary.joined(separator: " "))
                server {
                    listen 127.0.0.1:\(port)\(https == nil ? "" : " ssl");
                    \(certificate)
                    \(configuration)
                }
            }
            """
    }
}
