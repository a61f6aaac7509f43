import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import TestSupport

extension Judge {
    /// What libtorrent reads in a torrent that a server made, and what it makes of the same files itself.
    struct MadeVerdict: Decodable, Sendable {
        struct Hashes: Decodable, Hashable, Sendable {
            let infoHashV1: String?
            let infoHashV2: String?
        }

        let read: Verdict
        let again: Hashes
    }

    static func verdicts(onMade made: [(torrent: FilePath, source: FilePath)]) async throws -> [MadeVerdict] {
        let script = FilePath(#filePath).removingLastComponent().removingLastComponent()
            .appending("Judge/recompute.py")
        let paths = made.flatMap { [$0.torrent.string, $0.source.string] }
        let run = try await ToolRun.succeeding(.path(TestPython.path), ["-B", script.string] + paths)
        return try JSONDecoder().decode([MadeVerdict].self, from: Data(run.output))
    }
}
