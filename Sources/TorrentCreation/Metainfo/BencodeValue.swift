/// A value inside a document: a place in it, not a copy.
package struct BencodeValue: Sendable {
    let document: Bencode
    let index: Int

    private var node: Bencode.Node { document.nodes[index] }

    /// The bytes the value stands in, its marks included.
    package var range: Range<Int> { Int(node.start)..<Int(node.end) }

    var kind: Bencode.Kind { node.kind }

    /// The bytes of a string, or nil for another type of value.
    package var string: ArraySlice<UInt8>? {
        guard kind == .string else { return nil }
        return document.bytes[Int(node.body)..<Int(node.end)]
    }

    /// A number, or nil for another type of value.
    package var integer: Int64? {
        guard kind == .integer else { return nil }
        var digits = document.bytes[Int(node.body)..<Int(node.end) - 1]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        // Downwards, because the lowest number has no positive twin. The reader saw that it fits.
        let negated = digits.reduce(into: Int64(0)) { $0 = $0 * 10 - Int64($1 - UInt8(ascii: "0")) }
        return isNegative ? negated : -negated
    }

    /// The values of a list, or nil for another type of value.
    package var items: Items? { kind == .list ? Items(of: self) : nil }

    /// The keys and values of a dictionary in order, or nil for another type of value.
    package var entries: Entries? { kind == .dictionary ? Entries(items: Items(of: self)) : nil }

    /// What a dictionary holds under `key`.
    package subscript(key: String) -> BencodeValue? {
        entries?.first { $0.key.elementsEqual(key.utf8) }?.value
    }
}

extension BencodeValue {
    package struct Items: Sequence, IteratorProtocol {
        private let document: Bencode
        private var position: Int
        private let end: Int

        fileprivate init(of container: BencodeValue) {
            document = container.document
            position = container.index + 1
            end = Int(container.node.next)
        }

        package mutating func next() -> BencodeValue? {
            guard position < end else { return nil }
            defer { position = Int(document.nodes[position].next) }
            return BencodeValue(document: document, index: position)
        }
    }

    package struct Entries: Sequence, IteratorProtocol {
        fileprivate var items: Items

        package mutating func next() -> (key: ArraySlice<UInt8>, value: BencodeValue)? {
            guard let key = items.next()?.string, let value = items.next() else { return nil }
            return (key, value)
        }
    }
}
