/// Something about a torrent that is not what was asked for.
package enum Mismatch: Hashable, Sendable {
    case format(asked: TorrentFormat, found: TorrentFormat)
    case privacy(asked: Bool, found: Bool)
    /// The first tracker that differs.
    case tracker(AddressDifference, tier: Int)
    /// The first web seed that differs.
    case webSeed(AddressDifference)
    /// Empty text stands for none.
    case source(asked: String, found: String)
    case comment(asked: String, found: String)
    /// In bytes.
    case pieceSize(asked: Int, found: Int)
    case name(asked: String, found: String)
    /// On disk and not in the torrent.
    case missingFile(String)
    /// In the torrent and not on disk.
    case unexpectedFile(String)
    /// In bytes.
    case fileSize(String, onDisk: Int64, inTorrent: Int64)
    /// The bytes on disk are not those that were hashed: the first such piece, and the file that it begins in.
    case data(String, piece: Int)

    /// What this is about.
    package var aspect: Aspect {
        switch self {
        case .format: .format
        case .privacy: .privacy
        case .tracker: .trackers
        case .webSeed: .webSeeds
        case .source: .source
        case .comment: .comment
        case .pieceSize: .pieceSize
        case .name: .name
        case .missingFile, .unexpectedFile: .fileNames
        case .fileSize: .fileSizes
        case .data: .data
        }
    }
}

/// What a torrent is looked at for.
package enum Aspect: String, CaseIterable, Hashable, Sendable {
    case format, privacy, trackers, webSeeds, source, comment, pieceSize, name, fileNames, fileSizes, data

    /// What is looked at without reading the files.
    package static let usual = allCases.filter { $0 != .data }
}

/// An address that is not the one asked for. Only its origin is told: the rest may hold a passkey.
package struct AddressDifference: Hashable, Sendable {
    /// Counted from 0, within its tier where there are tiers.
    package let place: Int
    package let asked: Origin
    package let found: Origin

    /// Two that are equal here differ in what follows.
    package enum Origin: Hashable, Sendable {
        case none
        /// Scheme, host and port.
        case origin(String)
        /// Text that is no address, such as one that a server failed to decode.
        case notAnAddress

        init(_ address: String?) {
            guard let address else {
                self = .none
                return
            }
            self = (try? WebAddress(address, field: .webSeed(place: 0))).map { .origin($0.origin) } ?? .notAnAddress
        }
    }

    /// Nil when both lists are the same.
    init?(asked: [String], found: [String]) {
        let common = zip(asked, found).prefix { $0.hasSameBytes(as: $1) }.count
        if common == asked.count, common == found.count { return nil }
        place = common
        self.asked = Origin(common < asked.count ? asked[common] : nil)
        self.found = Origin(common < found.count ? found[common] : nil)
    }
}
