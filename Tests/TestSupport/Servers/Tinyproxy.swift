import SystemPackage

/// A real tinyproxy: it opens connections to servers for who asks it by `CONNECT`.
package struct Tinyproxy: Sendable {
    package let port: UInt16
    private let folder: FilePath

    package var url: String { "http://127.0.0.1:\(port)" }

    /// What it was asked, in its own words.
    package var log: String {
        get throws { String(decoding: try Files.bytes(folder.appending("log")), as: UTF8.self) }
    }

    /// Runs one for the duration of `body`.
    ///
    /// - Parameters:
    ///   - lines: of its configuration, such as `ConnectPort 443`.
    ///   - network: where it runs.
    package static func with<R: Sendable>(
        _ lines: [String] = [], in network: NetworkNamespace, _ body: (Tinyproxy) async throws -> R
    ) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let proxy = Tinyproxy(port: FreePort.next(), folder: folder)
        let usual = [
            "Port \(proxy.port)", "Listen 127.0.0.1", "Timeout 60", "LogFile \"\(folder)/log\"", "LogLevel Connect",
            "PidFile \"\(folder)/pid\"",
        ]
        let configuration = folder.appending("tinyproxy.conf")
        try Files.write((usual + lines).joined(separator: "\n") + "\n", to: configuration)
        return try await KeptProcess.with(
            network.starter + ["tinyproxy", "-d", "-c", configuration.string], in: folder,
            // Written when it listens.
            isReady: { (try? Files.bytes(folder.appending("pid")))?.isEmpty == false }
        ) { _ in try await body(proxy) }
    }
}
