import Crypto

/// The piece hashes of version 2, kept outside the info dictionary: for each file of more than one piece, the layer
/// of its Merkle tree where one hash covers one piece (BEP 52).
struct PieceLayers {
    private let layers: [ArraySlice<UInt8>: ArraySlice<UInt8>]

    init(_ value: BencodeValue?, at offset: Int) throws(MetainfoError) {
        guard let value else { throw MetainfoError(.missing(key: "piece layers"), at: offset) }
        guard let entries = value.entries else { throw value.wrongType(for: "piece layers") }
        var layers: [ArraySlice<UInt8>: ArraySlice<UInt8>] = [:]
        for (root, layer) in entries {
            guard let hashes = layer.string else { throw layer.wrongType(for: "piece layers") }
            layers[root] = hashes
        }
        self.layers = layers
    }

    /// The layer below a root.
    subscript(root: ArraySlice<UInt8>) -> ArraySlice<UInt8>? { layers[root] }

    /// Each layer must be there, cover its file, and lead to the root that the info dictionary names.
    func check(_ files: [FileTree.Leaf], pieceLength: Int) throws(MetainfoError) {
        let padding = Self.padding(pieceLength: pieceLength)
        for (number, leaf) in files.enumerated() where leaf.file.length > Int64(pieceLength) {
            let count = Layout.pieces(of: leaf.file.length, pieceLength: pieceLength)
            guard let root = leaf.root, let layer = layers[root], layer.count % 32 == 0, layer.count / 32 == count,
                Self.root(of: layer, padding: padding).elementsEqual(root)
            else { throw MetainfoError(.pieceLayer(file: number), at: leaf.offset) }
        }
    }

    /// The hash that stands for a piece beyond the end of a file: a tree of zero hashes, one for each 16 KiB.
    private static func padding(pieceLength: Int) -> [UInt8] {
        let height = pieceLength.trailingZeroBitCount - 14
        return (0..<height).reduce([UInt8](repeating: 0, count: 32)) { hash, _ in Array(SHA256.hash(data: hash + hash))
        }
    }

    private static func root(of layer: ArraySlice<UInt8>, padding: [UInt8]) -> ArraySlice<UInt8> {
        var layer = layer
        var padding = padding
        while layer.count > 32 {
            if layer.count % 64 != 0 { layer += padding }
            var above: [UInt8] = []
            above.reserveCapacity(layer.count / 2)
            for start in stride(from: layer.startIndex, to: layer.endIndex, by: 64) {
                above += SHA256.hash(data: layer[start..<start + 64])
            }
            layer = above[...]
            padding = Array(SHA256.hash(data: padding + padding))
        }
        return layer
    }
}
