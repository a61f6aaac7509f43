/// The hashes that a torrent has of its files' bytes.
struct DataHashes: Sendable {
    /// A piece: where its bytes are, and what they must hash to.
    struct Piece: Sendable {
        /// Counted from 0; in a torrent of version 2 alone within the file.
        let number: Int
        let segments: [Segment]
        /// SHA-1 over the segments, zeros of padding included.
        let sha1: ArraySlice<UInt8>?
        let tree: Tree?
    }

    /// Bytes of one file, or zeros.
    struct Segment: Sendable {
        /// Below the source; nil for padding.
        let path: String?
        let offset: Int64
        let length: Int
    }

    /// What the first segment alone must hash to in version 2.
    struct Tree: Sendable {
        let hash: ArraySlice<UInt8>
        /// Leaves that the tree has, those beyond the end of the file included: one for each 16 KiB.
        let leaves: Int
    }

    let pieceLength: Int
    private let files: [MetainfoFile]
    /// Where each file begins in the row of all of them.
    private let starts: [Int64]
    private let span: Int64
    private let sha1: ArraySlice<UInt8>?
    /// By the path of a file that is not empty: its root, and its layer if it has more than one piece. The keys are bytes,
    /// because text counts two spellings of a letter as one.
    private let trees: [[UInt8]: (root: ArraySlice<UInt8>, layer: ArraySlice<UInt8>?)]
    /// For version 2 alone: the number of the first piece of each file.
    private let firstPieces: [Int]
    let count: Int

    /// - Parameter bytes: a .torrent file that was read as `metainfo`.
    init(_ bytes: [UInt8], _ metainfo: Metainfo) throws(MetainfoError) {
        let root = try Bencode(bytes, limits: .torrent).root
        let info = try root.required("info")
        pieceLength = metainfo.pieceLength
        files = metainfo.entries
        var starts: [Int64] = []
        var span: Int64 = 0
        var firstPieces: [Int] = []
        var pieces = 0
        for file in files {
            starts.append(span)
            span += file.length
            firstPieces.append(pieces)
            pieces += Layout.pieces(of: file.length, pieceLength: metainfo.pieceLength)
        }
        (self.starts, self.span, self.firstPieces) = (starts, span, firstPieces)
        sha1 = metainfo.format == .v2 ? nil : info["pieces"]?.string
        count = metainfo.format == .v2 ? pieces : Layout.pieces(of: span, pieceLength: metainfo.pieceLength)
        var trees: [[UInt8]: (root: ArraySlice<UInt8>, layer: ArraySlice<UInt8>?)] = [:]
        if metainfo.format != .v1 {
            let layers = try PieceLayers(root["piece layers"], at: info.range.upperBound)
            for leaf in try FileTree(info: info).files {
                guard let root = leaf.root else { continue }
                trees[Array(leaf.file.path.utf8)] = (root, leaf.file.length > Int64(pieceLength) ? layers[root] : nil)
            }
        }
        self.trees = trees
    }

    /// - Parameter index: from 0 to `count`.
    func piece(_ index: Int) -> Piece { sha1 == nil ? pieceOfVersion2(index) : pieceOfVersion1(index) }

    private func pieceOfVersion1(_ index: Int) -> Piece {
        let start = Int64(index) * Int64(pieceLength)
        let end = min(start + Int64(pieceLength), span)
        var segments: [Segment] = []
        var position = start
        // The last file that begins there or before; empty ones before it hold nothing of the piece.
        var place = starts.partitioningIndex { $0 > start } - 1
        while position < end {
            let file = files[place]
            let length = min(starts[place] + file.length, end) - position
            if length > 0 {
                segments.append(
                    Segment(
                        path: file.isPadding ? nil : file.path, offset: position - starts[place], length: Int(length)))
            }
            position += max(0, length)
            place += 1
        }
        let tree = segments.first.flatMap { segment in
            segment.path.flatMap { self.tree(of: $0, piece: Int(segment.offset / Int64(pieceLength))) }
        }
        let hashes = sha1 ?? []
        let from = hashes.startIndex + index * 20
        return Piece(number: index, segments: segments, sha1: hashes[from..<from + 20], tree: tree)
    }

    private func pieceOfVersion2(_ index: Int) -> Piece {
        let place = firstPieces.partitioningIndex { $0 > index } - 1
        let number = index - firstPieces[place]
        let offset = Int64(number) * Int64(pieceLength)
        let file = files[place]
        let length = Int(min(Int64(pieceLength), file.length - offset))
        return Piece(
            number: number, segments: [Segment(path: file.path, offset: offset, length: length)], sha1: nil,
            tree: self.tree(of: file.path, piece: number))
    }

    private func tree(of path: String, piece: Int) -> Tree? {
        guard let (root, layer) = trees[Array(path.utf8)] else { return nil }
        guard let layer else { return Tree(hash: root, leaves: 0) }
        let from = layer.startIndex + piece * 32
        return Tree(hash: layer[from..<from + 32], leaves: pieceLength >> 14)
    }
}

extension [Int64] {
    /// The first place whose element is past a point; all before it are not.
    fileprivate func partitioningIndex(_ isPast: (Int64) -> Bool) -> Int { search(count) { isPast(self[$0]) } }
}

extension [Int] {
    fileprivate func partitioningIndex(_ isPast: (Int) -> Bool) -> Int { search(count) { isPast(self[$0]) } }
}

private func search(_ count: Int, _ isPast: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
        let middle = (low + high) / 2
        if isPast(middle) { high = middle } else { low = middle + 1 }
    }
    return low
}
