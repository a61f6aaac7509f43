import Secrets

/// Where a value of a `.env` stands in the text, and how it is to be read.
struct DotEnvValue {
    private enum Style { case bare, singleQuoted, doubleQuoted }

    private let style: Style
    private let range: Range<Int>

    /// Finds the value that starts at `position` and moves past it. Nil when its quote is never closed.
    init?(at position: inout Int, in text: borrowing Span<UInt8>) {
        switch text.byte(at: position) {
        case UInt8(ascii: "'"): style = .singleQuoted
        case UInt8(ascii: "\""): style = .doubleQuoted
        default: style = .bare
        }
        guard style != .bare else {
            range = position..<Self.endOfBare(from: position, in: text)
            position = text.endOfLine(position)
            return
        }
        guard let end = Self.closingQuote(from: position, in: text) else { return nil }
        range = position + 1..<end
        position = end + 1
    }

    /// Without a comment, which white space must precede, and without white space at the end.
    private static func endOfBare(from start: Int, in text: borrowing Span<UInt8>) -> Int {
        var offset = start
        var end = start
        while offset < text.count, !text.isLineEnd(at: offset) {
            let next = text.pastSpace(offset)
            if next == offset {
                offset += 1
                end = offset
            } else if text.byte(at: next) == UInt8(ascii: "#") {
                break
            } else {
                offset = next
            }
        }
        return end
    }

    /// The first such quote without a backslash before it. If all have one, the last closes.
    private static func closingQuote(from start: Int, in text: borrowing Span<UInt8>) -> Int? {
        var last: Int?
        var offset = start
        while let quote = text.next(text[start], from: offset + 1) {
            if quote == start + 1 || text[quote - 1] != UInt8(ascii: "\\") { return quote }
            last = quote
            offset = quote
        }
        return last
    }

    /// The value itself, straight into guarded memory: escapes resolved, line ends as LF.
    func decoded(from text: borrowing Span<UInt8>) -> Secret {
        Secret(capacity: range.count) { out in decode(from: text, into: &out) }
    }

    /// The same, behind what is in `out` already. It is never longer than it stands in the text.
    func decode(from text: borrowing Span<UInt8>, into out: inout OutputRawSpan) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = text[offset]
            let next = offset + 1 < range.upperBound ? text[offset + 1] : 0
            if byte == UInt8(ascii: "\\"), let meant = escaped(next) {
                out.append(meant)
                offset += 2
            } else if byte == UInt8(ascii: "\r") {
                out.append(UInt8(ascii: "\n"))
                offset += next == UInt8(ascii: "\n") ? 2 : 1
            } else {
                out.append(byte)
                offset += 1
            }
        }
    }

    /// What a backslash and `byte` mean in this style; nil where the backslash means itself.
    private func escaped(_ byte: UInt8) -> UInt8? {
        switch (style, byte) {
        case (.bare, _): nil
        case (_, UInt8(ascii: "\\")), (_, UInt8(ascii: "'")): byte
        case (.singleQuoted, _): nil
        case (_, UInt8(ascii: "\"")): byte
        case (_, UInt8(ascii: "a")): 0x07
        case (_, UInt8(ascii: "b")): 0x08
        case (_, UInt8(ascii: "f")): 0x0C
        case (_, UInt8(ascii: "n")): 0x0A
        case (_, UInt8(ascii: "r")): 0x0D
        case (_, UInt8(ascii: "t")): 0x09
        case (_, UInt8(ascii: "v")): 0x0B
        default: nil
        }
    }
}
