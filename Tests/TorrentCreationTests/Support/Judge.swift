import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import TestSupport

/// libtorrent, asked through its Python binding.
enum Judge {
    /// What libtorrent reads in a torrent of its own making.
    struct Verdict: Decodable, Sendable {
        struct File: Decodable, Hashable, Sendable {
            let path: String
            let length: Int64
        }

        let shape: String
        let torrent: Data
        let sourcePath: String
        let name: String
        let infoHashV1: String?
        let infoHashV2: String?
        let files: [File]
        let paddingSize: Int64
        let pieceLength: Int
        let pieceCount: Int
        let isPrivate: Bool
        let trackers: [[String]]
        let webSeeds: [String]
        let comment: String
        let createdBy: String
        let creationDate: Int64
    }

    struct MagnetVerdict: Decodable, Sendable {
        let infoHashV1: String?
        let infoHashV2: String?
        let name: String
        let trackers: [String]
    }

    enum Failure: Error {
        case failed(String)
    }

    static func verdicts(in folder: FilePath) async throws -> [Verdict] {
        try JSONDecoder().decode([Verdict].self, from: try await run(["make", folder.string]))
    }

    static func verdicts(onMagnets links: [String]) async throws -> [MagnetVerdict] {
        try JSONDecoder().decode([MagnetVerdict].self, from: try await run(["magnet"] + links))
    }

    private static func run(_ arguments: [String]) async throws -> Data {
        let script = FilePath(#filePath).removingLastComponent().removingLastComponent().appending("Judge/judge.py")
        let result = try await Subprocess.run(
            .path(TestPython.path),
            arguments: Arguments([script.string] + arguments),
            output: .string(limit: 64 << 20),
            error: .string(limit: 1 << 20)
        )
        guard result.terminationStatus.isSuccess else { throw Failure.failed(result.standardError) }
        return Data(result.standardOutput.utf8)
    }
}
