/// Reads a vault's public bytes in order and never past their end. All integers are little-endian.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }
    var left: Int { bytes.endIndex - position }

    mutating func take(_ count: Int, _ what: String) throws(VaultFault) -> ArraySlice<UInt8> {
        guard count >= 0, count <= left else { throw .damaged("cut off in \(what)") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func integer<I: FixedWidthInteger & UnsignedInteger>(
        _ type: I.Type = I.self, _ what: String
    ) throws(VaultFault) -> I {
        try take(MemoryLayout<I>.size, what).reversed().reduce(0) { $0 << 8 | I($1) }
    }

    /// A text of `1...limit` bytes whose length stands before it in one byte. Control characters are refused: these
    /// texts reach a terminal.
    mutating func label(_ what: String, limit: Int) throws(VaultFault) -> String {
        let count = Int(try integer(UInt8.self, what))
        guard (1...limit).contains(count) else { throw .damaged("length of \(what)") }
        return try text(try take(count, what), what)
    }

    func text(_ bytes: some Sequence<UInt8>, _ what: String) throws(VaultFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) })
        else { throw .damaged("\(what) is not plain text") }
        return text
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func append(label: String) {
        append(UInt8(label.utf8.count))
        append(contentsOf: label.utf8)
    }
}
