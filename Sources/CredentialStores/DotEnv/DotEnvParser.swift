/// One `NAME=value` of a `.env`.
struct DotEnvAssignment {
    let name: String
    /// Nil for a name that stands alone.
    let value: DotEnvValue?
}

/// A line, counted from 1, that is no assignment, no comment and not empty.
struct DotEnvSyntaxError: Error, Hashable {
    let line: Int
}

/// Reads a `.env` as python-dotenv 1.2 does with `interpolate=False`: each step here is one of its expressions.
///
/// Two things differ. What python-dotenv warns about and skips is an error, because a password that is skipped is a
/// password of some weaker place; and a byte order mark is not part of the first name.
struct DotEnvParser {
    private var position = 0

    /// Every assignment, in order. Where a name is repeated the last one counts.
    static func assignments(in text: borrowing Span<UInt8>) throws(DotEnvSyntaxError) -> [DotEnvAssignment] {
        do { _ = try UTF8Span(validating: copy text) } catch {
            throw DotEnvSyntaxError(line: text.lineNumber(at: error.byteOffsets.lowerBound))
        }
        var parser = DotEnvParser()
        var found: [DotEnvAssignment] = []
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if mark.indices.allSatisfy({ text.byte(at: $0) == mark[$0] }) { parser.position = mark.count }
        while true {
            parser.position = text.pastWhiteSpace(parser.position)
            guard parser.position < text.count else { return found }
            let start = parser.position
            guard let assignment = parser.statement(in: text) else {
                throw DotEnvSyntaxError(line: text.lineNumber(at: start))
            }
            if let assignment = assignment { found.append(assignment) }
        }
    }

    /// One statement and the end of its line. A comment is `.some(nil)`, what cannot be read is nil.
    private mutating func statement(in text: borrowing Span<UInt8>) -> DotEnvAssignment?? {
        skipExport(in: text)
        var assignment: DotEnvAssignment?
        if text.byte(at: position) != UInt8(ascii: "#") {
            guard let name = name(in: text) else { return nil }
            position = text.pastSpace(position)
            var value: DotEnvValue?
            if text.byte(at: position) == UInt8(ascii: "=") {
                position = text.pastSpace(position + 1)
                value = DotEnvValue(at: &position, in: text)
                if value == nil { return nil }
            }
            assignment = DotEnvAssignment(name: name, value: value)
        }
        position = text.pastSpace(position)
        if text.byte(at: position) == UInt8(ascii: "#") { position = text.endOfLine(position) }
        guard position == text.count || text.isLineEnd(at: position) else { return nil }
        return .some(assignment)
    }

    private mutating func skipExport(in text: borrowing Span<UInt8>) {
        var end = position
        for byte in "export".utf8 {
            guard text.byte(at: end) == byte else { return }
            end += 1
        }
        let next = text.pastSpace(end)
        if next > end { position = next }
    }

    private mutating func name(in text: borrowing Span<UInt8>) -> String? {
        let quote = UInt8(ascii: "'")
        if text.byte(at: position) == quote {
            guard let end = text.next(quote, from: position + 1), end > position + 1 else { return nil }
            defer { position = end + 1 }
            return text.string(position + 1..<end)
        }
        let start = position
        while let byte = text.byte(at: position), byte != UInt8(ascii: "="), byte != UInt8(ascii: "#"),
            text.whiteSpaceWidth(at: position) == 0
        {
            position += 1
        }
        return position > start ? text.string(start..<position) : nil
    }
}

extension Span<UInt8> {
    /// A name, which is no secret. Only a quoted one can hold line ends.
    fileprivate func string(_ range: Range<Int>) -> String {
        let bytes: [UInt8] = range.compactMap { index in
            guard self[index] == UInt8(ascii: "\r") else { return self[index] }
            return byte(at: index + 1) == UInt8(ascii: "\n") ? nil : UInt8(ascii: "\n")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
