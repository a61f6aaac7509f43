/// Reads fields in order and never past their end. All integers are little-endian.
///
/// It holds places and no bytes, so that a payload is read where it lies, in guarded memory: the bytes are handed to
/// each call.
struct ByteReader {
    private(set) var position: Int
    let end: Int

    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    /// Where the next `count` bytes are.
    mutating func take(_ count: Int) throws(VaultFault) -> Range<Int> {
        guard count <= end - position else { throw .damaged(.truncated) }
        defer { position += count }
        return position..<position + count
    }

    mutating func integer<I: FixedWidthInteger & UnsignedInteger>(
        _ type: I.Type = I.self, _ bytes: borrowing Span<UInt8>
    ) throws(VaultFault) -> I {
        let range = try take(MemoryLayout<I>.size)
        // A plain loop over a plain integer: there are many of these, and unoptimized builds feel it.
        var value: UInt64 = 0
        var index = range.upperBound
        while index > range.lowerBound {
            index -= 1
            value = value << 8 | UInt64(bytes[index])
        }
        return I(truncatingIfNeeded: value)
    }

    /// Seconds since 1970, up to the end of the year 9999.
    mutating func date(_ bytes: borrowing Span<UInt8>) throws(VaultFault) -> UInt64 {
        let date = try integer(UInt64.self, bytes)
        guard date <= 253_402_300_799 else { throw .damaged(.date) }
        return date
    }

    /// Where a text of `1...limit` bytes is whose length stands before it in one byte.
    mutating func label(_ bytes: borrowing Span<UInt8>, limit: Int) throws(VaultFault) -> Range<Int> {
        let count = Int(try integer(UInt8.self, bytes))
        guard (1...limit).contains(count) else { throw .damaged(.label) }
        let range = try take(count)
        guard bytes.isPlainText(range) else { throw .damaged(.label) }
        return range
    }
}

extension Span<UInt8> {
    /// Well-formed UTF-8 without control characters: these texts reach a terminal.
    func isPlainText(_ range: Range<Int>) -> Bool {
        var isASCII = true
        for index in range {
            guard self[index] >= 0x20, self[index] != 0x7f else { return false }
            if self[index] >= 0x80 { isASCII = false }
        }
        if isASCII { return true }
        guard let text = String(validating: array(range), as: UTF8.self) else { return false }
        return text.unicodeScalars.allSatisfy { !(0x80..<0xa0).contains($0.value) }
    }

    func array(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(self[index]) }
        return bytes
    }

    /// Of bytes that are known to be text.
    func text(_ range: Range<Int>) -> String { String(decoding: array(range), as: UTF8.self) }

    /// Below 0, 0 or above 0, as the bytes at `a` stand before those at `b`, are the same, or stand behind.
    func compare(_ a: Range<Int>, _ b: Range<Int>) -> Int {
        for offset in 0..<Swift.min(a.count, b.count) {
            let difference = Int(self[a.lowerBound + offset]) - Int(self[b.lowerBound + offset])
            if difference != 0 { return difference }
        }
        return a.count - b.count
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
        var rest = UInt64(truncatingIfNeeded: value)
        for _ in 0..<value.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func append(label: String) {
        append(UInt8(label.utf8.count))
        append(contentsOf: label.utf8)
    }
}
