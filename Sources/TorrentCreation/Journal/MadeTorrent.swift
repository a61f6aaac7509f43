import Glibc
import SystemPackage

/// A torrent that was made and saved, as it is remembered.
package struct MadeTorrent: Codable, Hashable, Sendable {
    /// Where its file is, absolute.
    package let path: String
    package let infoHashV1: String?
    package let infoHashV2: String?
    /// When, in seconds since 1970.
    package let time: Int
    /// The keyed hash of what it was asked to be.
    let settings: String
    /// The fingerprint of its files.
    let files: String
    /// SHA-256 of the .torrent file, hexadecimal.
    let torrent: String
    /// Whether the server was given it for seeding.
    var isSeeded = false

    private enum CodingKeys: String, CodingKey {
        case path, time, settings, files, torrent
        case infoHashV1 = "info_hash_v1"
        case infoHashV2 = "info_hash_v2"
        case isSeeded = "seeded"
    }

    /// Nil where it cannot be known again: the files are not seen from here, or the path is not UTF-8.
    init?(_ metainfo: Metainfo, _ file: [UInt8], of checked: CheckedOrder, key: [UInt8]) {
        guard let files = checked.fingerprint, let path = String(validating: checked.order.result) else { return nil }
        self.path = path
        infoHashV1 = metainfo.infoHashV1?.description
        infoHashV2 = metainfo.infoHashV2?.description
        time = Int(Glibc.time(nil))
        settings = checked.order.settings(key: key)
        self.files = files
        torrent = FileHash.of(file)
    }

    /// Whether it is what this order asks for, of files that have not changed, and nobody has touched it since.
    func isStill(_ order: TorrentOrder, _ listing: SourceListing, key: [UInt8]) -> Bool {
        settings == order.settings(key: key) && files == SourceFingerprint.of(listing, at: order.mapping.here)
            && isUntouched
    }

    /// Whether the file is there as it was saved.
    var isUntouched: Bool { FileHash.of(FilePath(path)) == torrent }
}

extension TorrentOrder {
    /// What is asked for, in a form that says nothing to who has no key.
    func settings(key: [UInt8]) -> String {
        var hash = KeyedHash(key: key)
        hash.add([
            mapping.there, parameters.format.rawValue, "\(parameters.isPrivate)", "\(parameters.pieceSize ?? 0)",
            parameters.comment, parameters.source, "\(parameters.ignoreDotfiles)",
            "\(String(describing: parameters.optimizeAlignment))", "\(parameters.paddedFileSizeLimit ?? -1)",
            "\(parameters.trackers.count)",
        ])
        for tier in parameters.trackers { hash.add(tier) }
        hash.add(parameters.webSeeds)
        return hash.finish()
    }
}
