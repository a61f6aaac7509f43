/// Reads a bencoded document in one pass, with a stack of its own in place of recursion.
struct BencodeReader {
    private let bytes: [UInt8]
    private let limits: Bencode.Limits
    private var position = 0
    private var nodes: [Bencode.Node] = []
    private var open: [Container] = []

    /// A list or dictionary whose end was not seen yet.
    private struct Container {
        let node: Int
        let isDictionary: Bool
        var awaitsKey: Bool
        var lastKey: Range<Int>?
    }

    init(_ bytes: [UInt8], limits: Bencode.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func read() throws(MetainfoError) -> [Bencode.Node] {
        repeat { try readNext() } while !open.isEmpty
        guard position == bytes.count else { throw MetainfoError(.trailingBytes, at: position) }
        return nodes
    }

    private mutating func readNext() throws(MetainfoError) {
        let start = position
        let byte = try peek()
        if byte == UInt8(ascii: "e"), !open.isEmpty { return try close() }
        let isKey = open.last?.awaitsKey == true
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let body = try readString()
            if isKey { try admit(key: body, at: start) }
            try append(.string, start: start, body: body.lowerBound)
        case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "d"):
            if isKey { throw MetainfoError(.keyNotString, at: start) }
            position += 1
            if byte == UInt8(ascii: "i") {
                try readInteger()
                return try append(.integer, start: start, body: start + 1)
            }
            let isDictionary = byte == UInt8(ascii: "d")
            try append(isDictionary ? .dictionary : .list, start: start, body: position)
            guard open.count < limits.depth else { throw MetainfoError(.tooDeep(limit: limits.depth), at: start) }
            open.append(Container(node: nodes.count - 1, isDictionary: isDictionary, awaitsKey: isDictionary))
        default:
            throw MetainfoError(.unexpectedByte(byte), at: start)
        }
    }

    private mutating func append(_ kind: Bencode.Kind, start: Int, body: Int) throws(MetainfoError) {
        guard nodes.count < limits.values else {
            throw MetainfoError(.tooManyValues(limit: limits.values), at: start)
        }
        nodes.append(
            Bencode.Node(
                kind: kind,
                start: UInt32(start),
                body: UInt32(body),
                end: UInt32(position),
                next: UInt32(nodes.count + 1)
            )
        )
        if let last = open.indices.last, open[last].isDictionary { open[last].awaitsKey.toggle() }
    }

    private mutating func close() throws(MetainfoError) {
        let container = open.removeLast()
        if container.isDictionary, !container.awaitsKey { throw MetainfoError(.valueMissing, at: position) }
        position += 1
        nodes[container.node].end = UInt32(position)
        nodes[container.node].next = UInt32(nodes.count)
    }

    private mutating func admit(key: Range<Int>, at start: Int) throws(MetainfoError) {
        let last = open.count - 1
        if let before = open[last].lastKey, !bytes[before].lexicographicallyPrecedes(bytes[key]) {
            throw MetainfoError(.keysNotSorted, at: start)
        }
        open[last].lastKey = key
    }

    private mutating func readString() throws(MetainfoError) -> Range<Int> {
        let start = position
        let length = try readDigits(until: UInt8(ascii: ":"), limit: UInt64(Int.max))
        guard length <= UInt64(bytes.count - position) else { throw MetainfoError(.truncated, at: start) }
        defer { position += Int(length) }
        return position..<(position + Int(length))
    }

    private mutating func readInteger() throws(MetainfoError) {
        let start = position
        let isNegative = try peek() == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let magnitude = try readDigits(until: UInt8(ascii: "e"), limit: UInt64(Int64.max) + (isNegative ? 1 : 0))
        if isNegative, magnitude == 0 { throw MetainfoError(.notCanonical, at: start) }
    }

    /// Reads a decimal number and the byte that ends it.
    private mutating func readDigits(until end: UInt8, limit: UInt64) throws(MetainfoError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        while let digit = Self.digit(try peek()) {
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooBigAgain) = product.addingReportingOverflow(digit)
            guard !tooBig, !tooBigAgain, sum <= limit else { throw MetainfoError(.numberTooLarge, at: start) }
            value = sum
            position += 1
        }
        guard bytes[position] == end else { throw MetainfoError(.unexpectedByte(bytes[position]), at: position) }
        let count = position - start
        guard count > 0, count == 1 || bytes[start] != UInt8(ascii: "0") else {
            throw MetainfoError(.notCanonical, at: start)
        }
        position += 1
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? UInt64(byte - UInt8(ascii: "0")) : nil
    }

    private func peek() throws(MetainfoError) -> UInt8 {
        guard position < bytes.count else { throw MetainfoError(.truncated, at: position) }
        return bytes[position]
    }
}
