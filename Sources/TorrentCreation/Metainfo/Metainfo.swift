/// What a .torrent file says, read strictly and found consistent in itself.
package struct Metainfo: Hashable, Sendable {
    package let format: TorrentFormat
    /// The torrent's name: its folder, or its one file.
    package let name: String
    /// Files in the torrent's order, padding among them. Where there are two halves, those of version 1.
    package let entries: [MetainfoFile]
    /// In bytes.
    package let pieceLength: Int
    package let pieceCount: Int
    package let isPrivate: Bool
    package let source: String?
    package let comment: String?
    package let createdBy: String?
    /// Seconds since 1970.
    package let creationDate: Int64?
    package let announce: String?
    /// `announce-list` as it stands. Absent, and so empty, where there is one tracker at most.
    package let announceList: [[String]]
    /// `url-list`, whether it was written as a list or as one string.
    package let webSeeds: [String]
    /// 2 for version 2 and hybrid, otherwise 1.
    package let metaVersion: Int
    /// SHA-1; absent for version 2 alone.
    package let infoHashV1: InfoHash?
    /// SHA-256; absent for version 1 alone.
    package let infoHashV2: InfoHash?
    /// Where the info dictionary stands in the file.
    package let infoRange: Range<Int>

    /// Files that are there on disk.
    package var files: [MetainfoFile] { entries.filter { !$0.isPadding } }

    /// The files' bytes, without padding.
    package var totalSize: Int64 { entries.reduce(0) { $1.isPadding ? $0 : $0 + $1.length } }

    /// Trackers in tiers, from whichever of the two keys holds them.
    package var trackers: [[String]] {
        if !announceList.isEmpty { return announceList }
        return announce.map { [[$0]] } ?? []
    }
}
