import FoundationEssentials
import SystemPackage
import TestSupport

/// What `create` tells a program.
struct ToldCreate: Decodable {
    let source: String
    let path: String
    let name: String
    let format: String
    let isPrivate: Bool
    let size: Int64
    let files: Int
    let pieceSize: Int
    let infoHashV1: String?
    let infoHashV2: String?
    let seeding: Bool
    let verified: [String]
    let notVerified: [String]
    let credentialSource: String?

    private enum CodingKeys: String, CodingKey {
        case source, path, name, format, size, files, seeding, verified
        case isPrivate = "private"
        case pieceSize = "piece_size"
        case infoHashV1 = "info_hash_v1"
        case infoHashV2 = "info_hash_v2"
        case notVerified = "not_verified"
        case credentialSource = "credential_source"
    }
}

extension Scene {
    /// Makes files of random bytes below the home; a path that ends in a slash is an empty folder.
    @discardableResult
    func make(_ paths: String..., size: Int = 1000) throws -> FilePath {
        for path in paths {
            let place = home.path.appending(path)
            let isFolder = path.hasSuffix("/")
            let folder = isFolder ? place : place.removingLastComponent()
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            if isFolder { continue }
            try Files.write((0..<size).map { _ in UInt8.random(in: .min ... .max) }, to: place)
        }
        return home.path.appending(paths[0])
    }
}

extension Scene {
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: home.path.appending(name).string, withDestinationPath: target)
    }
}

extension TestHome {
    /// The names in a folder, sorted.
    func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path.appending(folder).string).sorted()
    }
}
