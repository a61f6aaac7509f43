/// The files of version 1: one, or a list, end to end, cut into pieces that cross from file to file.
struct FileList {
    let files: [MetainfoFile]
    /// All bytes, padding included.
    let span: Int64

    init(info: BencodeValue, name: String) throws(MetainfoError) {
        guard let list = info["files"] else {
            files = [try Self.file(info, path: name)]
            span = files[0].length
            return
        }
        guard let items = list.items else { throw list.wrongType(for: "files") }
        var files: [MetainfoFile] = []
        var span: Int64 = 0
        for item in items {
            guard item.kind == .dictionary else { throw item.wrongType(for: "files") }
            let file = try Self.file(item, path: try Self.path(of: item))
            let (sum, tooBig) = span.addingReportingOverflow(file.length)
            if tooBig { throw MetainfoError(.outOfRange(key: "length"), at: item.range.lowerBound) }
            span = sum
            files.append(file)
        }
        self.files = files
        self.span = span
    }

    /// The number of piece hashes, which must be as many as the files need.
    func checkedPieceCount(pieceLength: Int, info: BencodeValue) throws(MetainfoError) -> Int {
        let pieces = try info.required("pieces")
        guard let hashes = pieces.string else { throw pieces.wrongType(for: "pieces") }
        let expected = Layout.pieces(of: span, pieceLength: pieceLength)
        guard hashes.count % 20 == 0, hashes.count / 20 == expected else {
            throw MetainfoError(.pieceCount(expected: expected, found: hashes.count / 20), at: pieces.range.lowerBound)
        }
        return expected
    }

    private static func file(_ value: BencodeValue, path: String) throws(MetainfoError) -> MetainfoFile {
        let attributes = MetainfoFile.Attributes(letters: try value.text("attr") ?? "")
        return MetainfoFile(path: path, length: try value.size("length"), attributes: attributes)
    }

    private static func path(of value: BencodeValue) throws(MetainfoError) -> String {
        let list = try value.required("path")
        guard let items = list.items else { throw list.wrongType(for: "path") }
        var path: [String] = []
        for item in items { path.append(try item.asName(of: "path")) }
        guard !path.isEmpty else { throw MetainfoError(.unsafeName, at: list.range.lowerBound) }
        return path.joined(separator: "/")
    }
}
