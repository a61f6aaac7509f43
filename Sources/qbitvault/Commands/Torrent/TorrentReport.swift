import TorrentCreation

/// What is told of a .torrent file.
struct TorrentReport: Encodable {
    /// As it was named.
    let file: String
    let name: String
    let format: String
    let isPrivate: Bool
    /// In bytes.
    let size: Int64
    /// In bytes.
    let pieceSize: Int
    let pieces: Int
    let source: String?
    let comment: String?
    let createdBy: String?
    /// Seconds since 1970.
    let creationDate: Int64?
    /// In tiers.
    let trackers: [[String]]
    let webSeeds: [String]
    /// Whether addresses are whole.
    let revealed: Bool
    let infoHashV1: String?
    let infoHashV2: String?
    let magnet: String
    let fileCount: Int
    let files: [File]

    struct File: Encodable {
        let path: String
        /// In bytes.
        let size: Int64
    }

    /// So many are shown to a person who has not asked for all.
    static let fewFiles = 20

    private enum CodingKeys: String, CodingKey {
        case file, name, format, size, pieces, source, comment, trackers, revealed, magnet, files
        case isPrivate = "private"
        case pieceSize = "piece_size"
        case createdBy = "created_by"
        case creationDate = "creation_date"
        case webSeeds = "web_seeds"
        case infoHashV1 = "info_hash_v1"
        case infoHashV2 = "info_hash_v2"
        case fileCount = "file_count"
    }

    init(_ metainfo: Metainfo, file: String, isRevealed: Bool, listsAll: Bool) {
        func shown(_ address: String) -> String { isRevealed ? address : ShownAddress(address).description }
        self.file = file
        name = metainfo.name
        format = metainfo.format.rawValue
        isPrivate = metainfo.isPrivate
        size = metainfo.totalSize
        pieceSize = metainfo.pieceLength
        pieces = metainfo.pieceCount
        source = metainfo.source
        comment = metainfo.comment
        createdBy = metainfo.createdBy
        creationDate = metainfo.creationDate
        trackers = metainfo.trackers.map { $0.map(shown) }
        webSeeds = metainfo.webSeeds.map(shown)
        revealed = isRevealed
        infoHashV1 = metainfo.infoHashV1?.description
        infoHashV2 = metainfo.infoHashV2?.description
        magnet = isRevealed ? metainfo.magnetLink : metainfo.shownMagnetLink
        let files = metainfo.files
        fileCount = files.count
        self.files = files.prefix(listsAll ? files.count : Self.fewFiles).map { File(path: $0.path, size: $0.length) }
    }
}

extension TorrentReport: CustomStringConvertible {
    var description: String { lines.map(\.onScreen).joined(separator: "\n") }

    private var lines: [String] {
        var lines = [
            name,
            "  \(format), \(isPrivate ? "private" : "public"), \(fileCount) file\(fileCount == 1 ? "" : "s"), "
                + "\(size) bytes, \(pieces) piece\(pieces == 1 ? "" : "s") of \(PieceSize.text(for: pieceSize))",
        ]
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append("  \(label): \(value)") }
        }
        add("source", source)
        add("comment", comment)
        add("created by", createdBy)
        add("created", creationDate.map { Moment(sound: $0)?.description ?? "\($0) s after 1970" })
        for (tier, members) in trackers.enumerated() {
            add("trackers, tier \(tier + 1)", members.joined(separator: " "))
        }
        for seed in webSeeds { add("web seed", seed) }
        add("info-hash v1", infoHashV1)
        add("info-hash v2", infoHashV2)
        add("magnet", magnet)
        lines.append("  files:")
        let width = files.map { "\($0.size)".count }.max() ?? 0
        lines += files.map { "    " + "\($0.size)".leftPadded(to: width) + "  \($0.path)" }
        if files.count < fileCount { lines.append("    and \(fileCount - files.count) more (--files shows all)") }
        return lines
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
