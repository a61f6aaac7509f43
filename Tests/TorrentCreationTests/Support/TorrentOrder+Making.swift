import QBittorrentClient
import SystemPackage
import TestSupport

@testable import TorrentCreation

extension TorrentOrder {
    /// An order whose result goes beside the source.
    static func of(
        _ source: FilePath, _ parameters: CreationParameters? = nil, rules: [PathRule] = [], result: FilePath? = nil,
        mode: FilePermissions? = nil, overwrites: Bool = false, seeding: Torrents.Options? = nil
    ) throws -> TorrentOrder {
        TorrentOrder(
            source: source, mapping: try PathMap(rules).there(for: source, in: "/"),
            parameters: try parameters ?? CreationParameters(),
            result: result ?? FilePath(source.string + ".torrent"), mode: mode, overwrites: overwrites,
            seeding: seeding)
    }
}

extension CreationError {
    /// The code of whatever `body` throws; nil when it throws nothing or something else.
    static func code(of body: () async throws -> Void) async -> Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CreationError)?.code
        }
    }
}
