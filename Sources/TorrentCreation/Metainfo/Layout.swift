/// How an info dictionary lays files out in pieces: version 1, version 2, or both, and then in agreement.
struct Layout {
    let format: TorrentFormat
    let name: String
    let pieceLength: Int
    let pieceCount: Int
    let entries: [MetainfoFile]

    /// - Parameter layers: `piece layers`, which stands beside the info dictionary.
    init(info: BencodeValue, layers: BencodeValue?) throws(MetainfoError) {
        format = try Self.format(of: info)
        name = try info.required("name").asName(of: "name")
        pieceLength = try Self.pieceLength(of: info, format: format)

        var files: [MetainfoFile] = []
        var count = 0
        if format != .v2 {
            let list = try FileList(info: info, name: name)
            count = try list.checkedPieceCount(pieceLength: pieceLength, info: info)
            files = list.files
        }
        if format != .v1 {
            let tree = try FileTree(info: info)
            try PieceLayers(layers, at: info.range.upperBound).check(tree.files, pieceLength: pieceLength)
            if format == .hybrid {
                try Self.compare(files, tree.files.map(\.file), pieceLength: pieceLength, at: info.range.lowerBound)
            } else {
                files = tree.files.map(\.file)
                for file in files { count += Self.pieces(of: file.length, pieceLength: pieceLength) }
            }
        }
        guard !files.isEmpty else { throw MetainfoError(.noFiles, at: info.range.lowerBound) }
        entries = files
        pieceCount = count
    }

    static func pieces(of length: Int64, pieceLength: Int) -> Int {
        let (whole, rest) = length.quotientAndRemainder(dividingBy: Int64(pieceLength))
        return Int(whole) + (rest == 0 ? 0 : 1)
    }

    private static func format(of info: BencodeValue) throws(MetainfoError) -> TorrentFormat {
        switch try info.number("meta version") {
        case nil, 1: .v1
        case 2: info["pieces"] == nil ? .v2 : .hybrid
        case let version?: throw MetainfoError(.unknownVersion(version), at: info.range.lowerBound)
        }
    }

    /// Any number of bytes for version 1; from 16 KiB on, a power of two, for version 2 (BEP 52).
    private static func pieceLength(of info: BencodeValue, format: TorrentFormat) throws(MetainfoError) -> Int {
        let length = Int(try info.size("piece length"))
        let isSound = format == .v1 ? length > 0 : length >= 16 << 10 && length.nonzeroBitCount == 1
        guard isSound else { throw MetainfoError(.outOfRange(key: "piece length"), at: info.range.lowerBound) }
        return length
    }

    /// A hybrid names the same files twice, and in its version 1 half padding makes each begin with a piece.
    private static func compare(
        _ list: [MetainfoFile],
        _ tree: [MetainfoFile],
        pieceLength: Int,
        at offset: Int
    ) throws(MetainfoError) {
        var position: Int64 = 0
        var number = 0
        for file in list {
            defer { position += file.length }
            if file.isPadding { continue }
            let isSame = number < tree.count && tree[number].isSame(as: file)
            let isAligned = file.length == 0 || position % Int64(pieceLength) == 0
            guard isSame, isAligned else { throw MetainfoError(.halvesDiffer(file: number), at: offset) }
            number += 1
        }
        guard number == tree.count else { throw MetainfoError(.halvesDiffer(file: number), at: offset) }
    }
}
