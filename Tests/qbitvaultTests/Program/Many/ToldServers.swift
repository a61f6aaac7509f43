import FoundationEssentials
import TestSupport
import Testing

@testable import qbitvault

/// What `--all-servers` tells a program: a row for each server, and the totals.
struct ToldServers {
    struct Row: Decodable {
        let serverName: String
        let server: String?
        let version: String?
        let proof: String?
        let creator: Bool?
        let error: Failure?

        struct Failure: Decodable { let status: Int32, what: String, next: String? }

        private enum CodingKeys: String, CodingKey {
            case server, version, proof, error
            case serverName = "server_name"
            case creator = "torrent_creator"
        }
    }

    struct Totals: Decodable {
        let servers: Int, succeeded: Int, failed: Int
        let error: Row.Failure?
    }

    let rows: [Row]
    let totals: Totals

    init(_ run: ToolRun) throws {
        totals = try #require(try run.documents(last: 1, Totals.self).first)
        rows = try run.documents(last: .max, but: 1)
        #expect(rows.count == totals.servers)
        #expect(totals.succeeded + totals.failed == totals.servers)
        #expect(rows.count { $0.error != nil } == totals.failed)
    }
}

extension Scene {
    /// The user's own configuration, with these servers.
    ///
    /// - Parameter common: what stands under `qbittorrent:`, in braces.
    func configure(servers: [(name: String, settings: String)], common: String = "{}") throws {
        let entries = servers.map { "  \($0.name): {\($0.settings)}\n" }
        try configure("qbittorrent: \(common)\nservers:\n\(entries.joined())")
    }
}
