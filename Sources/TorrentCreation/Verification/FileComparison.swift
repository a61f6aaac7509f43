/// Files on disk against files in a torrent, by name and size.
enum FileComparison {
    /// In the order of the names' bytes. Linear once both sides are sorted.
    static func mismatches(onDisk: [SourceFile], inTorrent: [MetainfoFile]) -> [Mismatch] {
        let disk = onDisk.sorted { precedes($0.path, $1.path) }
        let torrent = inTorrent.sorted { precedes($0.path, $1.path) }
        var mismatches: [Mismatch] = []
        var (i, j) = (0, 0)
        while i < disk.count || j < torrent.count {
            if j == torrent.count || i < disk.count && precedes(disk[i].path, torrent[j].path) {
                mismatches.append(.missingFile(disk[i].path))
                i += 1
            } else if i == disk.count || precedes(torrent[j].path, disk[i].path) {
                mismatches.append(.unexpectedFile(torrent[j].path))
                j += 1
            } else {
                if disk[i].size != torrent[j].length {
                    mismatches.append(
                        .fileSize(disk[i].path, onDisk: disk[i].size, inTorrent: torrent[j].length)
                    )
                }
                i += 1
                j += 1
            }
        }
        return mismatches
    }

    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
