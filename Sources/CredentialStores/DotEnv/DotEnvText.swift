/// The bytes of a `.env`, looked at in place. Each function takes an offset and answers with one further on.
extension Span<UInt8> {
    /// The byte at `offset`, or nil at the end.
    func byte(at offset: Int) -> UInt8? { offset < count ? self[offset] : nil }

    /// How many bytes the white space at `offset` takes: 0 when there is none. It is Python's `\s`, Unicode's included.
    func whiteSpaceWidth(at offset: Int) -> Int {
        guard let first = byte(at: offset) else { return 0 }
        switch first {
        case 0x09...0x0D, 0x1C...0x20: return 1
        case 0xC2:
            let second = byte(at: offset + 1)
            return second == 0x85 || second == 0xA0 ? 2 : 0
        case 0xE1...0xE3:
            guard let second = byte(at: offset + 1), let third = byte(at: offset + 2) else { return 0 }
            switch (first, second, third) {
            case (0xE1, 0x9A, 0x80): return 3  // U+1680
            case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): return 3  // U+2000...
            case (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): return 3  // U+205F, U+3000
            default: return 0
            }
        default: return 0
        }
    }

    func isLineEnd(at offset: Int) -> Bool {
        let byte = byte(at: offset)
        return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// Past white space, line ends included.
    func pastWhiteSpace(_ offset: Int) -> Int {
        var offset = offset
        while case let width = whiteSpaceWidth(at: offset), width > 0 { offset += width }
        return offset
    }

    /// Past white space, on this line.
    func pastSpace(_ offset: Int) -> Int {
        var offset = offset
        while !isLineEnd(at: offset), case let width = whiteSpaceWidth(at: offset), width > 0 { offset += width }
        return offset
    }

    /// Where this line ends.
    func endOfLine(_ offset: Int) -> Int {
        var offset = offset
        while offset < count, !isLineEnd(at: offset) { offset += 1 }
        return offset
    }

    /// The next `wanted`, or nil.
    func next(_ wanted: UInt8, from offset: Int) -> Int? {
        var offset = offset
        while offset < count, self[offset] != wanted { offset += 1 }
        return offset < count ? offset : nil
    }

    /// The number, from 1, of the line that `offset` is in. Lines end with LF, CR or both.
    func lineNumber(at offset: Int) -> Int {
        var line = 1
        for index in 0..<offset where isLineEnd(at: index) {
            let isFirstOfTwo = self[index] == UInt8(ascii: "\r") && byte(at: index + 1) == UInt8(ascii: "\n")
            if !isFirstOfTwo { line += 1 }
        }
        return line
    }
}
