/// A bencoded document, read strictly: it is either canonical from the first byte to the last, or refused.
///
/// The values stand in one flat list in the order of the bytes. Each knows its range and where the next value after
/// it starts, so nothing is copied, and a value can be hashed exactly as it stands.
package struct Bencode: Hashable, Sendable {
    let bytes: [UInt8]
    let nodes: [Node]

    /// - Parameter limits: what a hostile document may cost.
    package init(_ bytes: [UInt8], limits: Limits = .torrent) throws(MetainfoError) {
        guard bytes.count <= limits.bytes else {
            throw MetainfoError(.tooLarge(limit: limits.bytes), at: limits.bytes)
        }
        var reader = BencodeReader(bytes, limits: limits)
        nodes = try reader.read()
        self.bytes = bytes
    }

    /// The outermost value.
    package var root: BencodeValue { BencodeValue(document: self, index: 0) }
}

extension Bencode {
    /// What a document may cost before it is refused.
    package struct Limits: Hashable, Sendable {
        package var bytes: Int
        package var depth: Int
        package var values: Int

        /// 100 MiB and ten million values, which are qBittorrent's own defaults, and libtorrent's depth of 100.
        package static let torrent = Limits(bytes: 100 << 20, depth: 100, values: 10_000_000)

        /// - Parameter bytes: at most 4 GiB - 1, because positions are kept in 32 bits.
        package init(bytes: Int, depth: Int, values: Int) {
            self.bytes = min(bytes, Int(UInt32.max))
            self.depth = depth
            self.values = values
        }
    }

    enum Kind: UInt8 { case integer, string, list, dictionary }

    /// One value: 20 bytes, whatever it holds.
    struct Node: Hashable {
        let kind: Kind
        /// The first byte of the value.
        let start: UInt32
        /// The first byte of what it holds: after `i`, `l`, `d` or the colon.
        let body: UInt32
        /// The byte after the value.
        var end: UInt32
        /// The place in the list of the value after this one and all that it holds.
        var next: UInt32
    }
}
