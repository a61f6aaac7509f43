import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport

/// A call that qbittorrent-api has made, and what the server answered.
struct PeerAnswer: Decodable, Sendable {
    let endpoint: String
    /// Names and values, as they were sent.
    let fields: [[String]]
    /// Nil where the library says that the server's version has no such call.
    let status: Int?
    let body: Data

    /// What the server holds.
    struct Facts: Encodable {
        let hash: String
        let other: String
        let folder: String
        let task: String
        let torrent: String
    }

    /// Everything that the library can read. The password goes by standard input.
    static func all(of server: RealServer, _ facts: Facts) async throws -> [PeerAnswer] {
        let script = FilePath(#filePath).removingLastComponent().appending("Peer/answers.py")
        let told = try await ToolRun.succeeding(
            .path(TestPython.path),
            [script.string, server.url, server.username, String(decoding: JSONEncoder().encode(facts), as: UTF8.self)],
            input: .secret(server.password()))
        return try JSONDecoder().decode([PeerAnswer].self, from: Data(told.output))
    }

    /// The same call, for `api`.
    func words(_ facts: Facts) -> [String] {
        if endpoint == "torrents/parseMetadata" { return [endpoint, "-F", "torrents=@\(facts.torrent)"] }
        return ["GET", endpoint] + fields.flatMap { ["-f", $0.joined(separator: "=")] }
    }
}
