import CredentialStores
import SystemPackage
import TorrentCreation

/// What `create` tells.
struct Created: Encodable, CustomStringConvertible, Sendable {
    let event = "done"
    /// Of the source, counted from 0.
    let index: Int
    let source: String
    let path: String
    let name: String
    let format: String
    let isPrivate: Bool
    /// In bytes.
    let size: Int64
    let files: Int
    /// In bytes.
    let pieceSize: Int
    let pieces: Int
    let infoHashV1: String?
    let infoHashV2: String?
    /// Without trackers: they may hold a pass key.
    let magnet: String
    let isSeeding: Bool
    /// In the server's own word; nil where it was not added.
    let state: String?
    let verified: [String]
    let notVerified: [String]
    /// From the moment that the server got it.
    let seconds: Double
    let credentialSource: String?
    /// Whether it is the only one, which people are told more of.
    private let isOnly: Bool

    private enum CodingKeys: String, CodingKey {
        case event, index, seconds, source, path, name, format, size, files, pieces, magnet, state, verified
        case isPrivate = "private"
        case pieceSize = "piece_size"
        case infoHashV1 = "info_hash_v1"
        case infoHashV2 = "info_hash_v2"
        case isSeeding = "seeding"
        case notVerified = "not_verified"
        case credentialSource = "credential_source"
    }

    init(
        _ torrent: CreatedTorrent, of source: String, place: Place?, index: Int, time: Duration, isOnly: Bool
    ) {
        let metainfo = torrent.metainfo
        self.index = index
        self.source = source
        seconds = time.seconds
        self.isOnly = isOnly
        path = torrent.path.string
        name = metainfo.name
        format = metainfo.format.rawValue
        isPrivate = metainfo.isPrivate
        size = metainfo.totalSize
        files = metainfo.files.count
        pieceSize = metainfo.pieceLength
        pieces = metainfo.pieceCount
        infoHashV1 = metainfo.infoHashV1?.description
        infoHashV2 = metainfo.infoHashV2?.description
        magnet = metainfo.shownMagnetLink
        isSeeding = torrent.isSeeding
        state = torrent.state?.name
        verified = torrent.verification.verified.map(\.snakeCase)
        notVerified = torrent.verification.unverified.map(\.aspect.snakeCase)
        credentialSource = place?.description
    }

    var description: String {
        guard isOnly else { return path.inOneLine }
        var lines = [
            path.inOneLine,
            "  \(format), \(isPrivate ? "private" : "public"), \(files) file\(files == 1 ? "" : "s"), \(size) bytes, "
                + "\(pieces) pieces of \(PieceSize.text(for: pieceSize))",
        ]
        if let infoHashV1 { lines.append("  info-hash v1: \(infoHashV1)") }
        if let infoHashV2 { lines.append("  info-hash v2: \(infoHashV2)") }
        lines.append("  verified: \(verified.joined(separator: ", "))")
        if !notVerified.isEmpty { lines.append("  not verified: \(notVerified.joined(separator: ", "))") }
        if let state {
            lines.append(isSeeding ? "  seeding" : "  added, and not seeding: the server calls it \(state)")
        }
        if let credentialSource { lines.append("  signed in by: \(credentialSource)") }
        return lines.joined(separator: "\n")
    }
}

extension Aspect {
    fileprivate var snakeCase: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}

extension Duration {
    /// To the millisecond.
    var seconds: Double { Double(self / .milliseconds(1)).rounded() / 1000 }
}
