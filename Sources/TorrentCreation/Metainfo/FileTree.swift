/// The files of version 2: a tree of folders, each file a Merkle tree of its own (BEP 52).
struct FileTree {
    /// In the order of the tree, which is that of the names' bytes.
    private(set) var files: [Leaf] = []

    struct Leaf {
        let file: MetainfoFile
        /// 32 bytes; absent for an empty file.
        let root: ArraySlice<UInt8>?
        /// Where it is described.
        let offset: Int
    }

    init(info: BencodeValue) throws(MetainfoError) {
        try add(try info.required("file tree"), path: "")
        var sum: Int64 = 0
        for leaf in files {
            let (next, tooBig) = sum.addingReportingOverflow(leaf.file.length)
            if tooBig { throw MetainfoError(.outOfRange(key: "length"), at: leaf.offset) }
            sum = next
        }
    }

    /// Goes as deep as the document does, which its reader has bounded.
    private mutating func add(_ folder: BencodeValue, path: String) throws(MetainfoError) {
        guard let entries = folder.entries else { throw folder.wrongType(for: "file tree") }
        for (key, value) in entries {
            guard key.isEmpty else {
                let name = try Self.name(key)
                try add(value, path: path.isEmpty ? name : "\(path)/\(name)")
                continue
            }
            // The empty key marks a file, and then there is nothing beside it.
            guard !path.isEmpty, value.range.upperBound == folder.range.upperBound - 1 else {
                throw MetainfoError(.unsafeName, at: key.startIndex)
            }
            files.append(try Self.leaf(value, path: path))
        }
    }

    private static func name(_ key: ArraySlice<UInt8>) throws(MetainfoError) -> String {
        guard let name = String(validating: key, as: UTF8.self) else {
            throw MetainfoError(.notText(key: "file tree"), at: key.startIndex)
        }
        let isUnsafe = name == "." || name == ".." || key.contains { $0 == 0 || $0 == 0x2f }
        if isUnsafe { throw MetainfoError(.unsafeName, at: key.startIndex) }
        return name
    }

    private static func leaf(_ value: BencodeValue, path: String) throws(MetainfoError) -> Leaf {
        guard value.kind == .dictionary else { throw value.wrongType(for: "file tree") }
        let attributes = MetainfoFile.Attributes(letters: try value.text("attr") ?? "")
        let file = MetainfoFile(path: path, length: try value.size("length"), attributes: attributes)
        let root = value["pieces root"]
        guard file.length > 0 else { return Leaf(file: file, root: nil, offset: value.range.lowerBound) }
        guard let root else { throw MetainfoError(.missing(key: "pieces root"), at: value.range.lowerBound) }
        guard let hash = root.string, hash.count == 32 else { throw root.wrongType(for: "pieces root") }
        return Leaf(file: file, root: hash, offset: value.range.lowerBound)
    }
}
