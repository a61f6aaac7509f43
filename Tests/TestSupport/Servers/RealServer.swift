package import Secrets
import Subprocess
import Synchronization
package import SystemPackage

/// A real qBittorrent server on loopback, with a profile and a password of its own.
///
/// It ends when the scope that started it ends, and with the test process at the latest.
package final class RealServer: Sendable {
    /// What Debian has. Which release that is today, the server itself says: `release()`.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package enum Version: String, CaseIterable, Sendable, CustomStringConvertible {
        /// No Torrent Creator; a refused login is answered with 200.
        case v4_5 = "4.5"
        /// The first that has the Torrent Creator in its present form.
        case v5_1 = "5.1"
        /// API keys, Basic authentication; a refused login is answered with 401.
        case v5_3 = "5.3"

        package var description: String { rawValue }
    }

    package let version: Version
    package let username: String
    /// The server's own folder: `profile`, `downloads` and `log` are in it.
    package let folder: FilePath
    private let secret: Secret
    /// What starts it, before the script's own name.
    private let starter: [String]
    private let place: Mutex<Place>

    /// Where the server is reached at the moment.
    package struct Place: Sendable {
        package let url: String
        package let port: UInt16
        package let pid: Int32
    }

    package var url: String { place.withLock { $0.url } }
    package var port: UInt16 { place.withLock { $0.port } }
    package var pid: Int32 { place.withLock { $0.pid } }
    /// Where it saves what it is given, unless told otherwise.
    package var downloads: FilePath { folder.appending("downloads") }

    /// The password that the server was started with, once more.
    package func password() -> Secret { secret.copy() }

    /// Starts a server for the duration of `body`.
    ///
    /// - Parameters:
    ///   - settings: lines of qBittorrent.conf, such as `["Preferences/WebUI/BanDuration": "5"]`.
    ///   - https: what the server identifies itself with; nil is plain http.
    ///   - address: where it listens.
    ///   - network: where it runs; nil is this machine's.
    ///   - password: what it lets in with.
    package static func with<R: Sendable>(
        _ version: Version,
        settings: [String: String] = [:],
        https: TestCertificate? = nil,
        username: String = "admin",
        address: String = "127.0.0.1",
        in network: NetworkNamespace? = nil,
        password: consuming Secret = .madeUp(),
        _ body: (RealServer) async throws -> R
    ) async throws -> R {
        var settings = settings
        if address != "127.0.0.1" { settings["Preferences/WebUI/Address"] = address }
        let server = try await RealServer(
            version, settings: settings, https: https, username: username, starter: network?.starter ?? [],
            password: password)
        do {
            let result = try await body(server)
            try await server.remove()
            return result
        } catch {
            try? await server.remove()
            throw error
        }
    }

    init(
        _ version: Version,
        settings: [String: String] = [:],
        https: TestCertificate? = nil,
        username: String = "admin",
        starter: [String] = [],
        password: consuming Secret = .madeUp()
    ) async throws {
        self.version = version
        self.starter = starter
        self.username = username
        folder = try Files.makeScratchFolder()
        secret = password
        place = Mutex(Place(url: "", port: 0, pid: 0))
        var options = ["--user", username, "--password-stdin"]
        if let https { options += ["--https", https.certificate.string, https.key.string] }
        try await start(options + Self.setting(settings), input: .secret(secret))
    }

    /// Ends the server and starts it again with the same profile, at the same port.
    ///
    /// - Parameter settings: what is to be different from now on.
    package func restart(settings: [String: String] = [:]) async throws {
        try await stop()
        try await start(["--keep"] + Self.setting(settings), input: nil)
    }

    /// Ends the server. Its folder stays until the scope ends.
    package func stop() async throws {
        try await ServerScript.run(["stop", "--run", parent, name])
    }

    private func remove() async throws {
        try await ServerScript.run(["stop", "--run", parent, "--remove", name])
    }

    private func start(_ options: [String], input: ToolInput?) async throws {
        let started = try await ServerScript.run(
            ["start", version.rawValue, "--run", parent, "--name", name] + ServerScript.endingWithThisProcess + options,
            input: input, by: starter
        )
        let place = try Place(started.text)
        self.place.withLock { $0 = place }
    }

    private var parent: String { folder.removingLastComponent().string }
    private var name: String { folder.lastComponent?.string ?? "" }

    private static func setting(_ settings: [String: String]) -> [String] {
        settings.flatMap { ["--set", "\($0.key)=\($0.value)"] }
    }
}
