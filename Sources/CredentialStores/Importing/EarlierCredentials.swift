package import Secrets

/// A `.credentials` of the earlier Python tool. Its values are encrypted with a key that follows from the host's name, so
/// whoever has the file can read them, and here nobody tries to: the names are all that is taken from it.
///
/// There is no description of that file, so it is known by its shape: a JSON object that has Fernet tokens by names;
/// lines of names and tokens and nothing else; or one token in which all is.
package struct EarlierCredentials: Hashable, Sendable {
    /// In the order of the file, those too that no credential can have; empty where they are encrypted too.
    package let names: [String]

    /// Nil for any other file.
    package init?(_ file: borrowing Secret) {
        guard let names = file.withBytes({ Self.names(in: $0) }) else { return nil }
        self.names = names
    }

    private static func names(in text: borrowing Span<UInt8>) -> [String]? {
        let whole = text.trimmed(0..<text.count)
        if FernetToken.stands(in: text, whole) { return [] }
        guard let first = text.byte(at: whole.lowerBound) else { return nil }
        let tokens: [Pair]
        if first == UInt8(ascii: "{") {
            tokens = jsonPairs(in: text, whole).filter { FernetToken.stands(in: text, $0.value) }
        } else {
            tokens = linePairs(in: text, whole) ?? []
            // A `.env` may hold a token too.
            guard tokens.allSatisfy({ FernetToken.stands(in: text, $0.value) }) else { return nil }
        }
        guard !tokens.isEmpty else { return nil }
        return tokens.map { pair in String(decoding: pair.name.map { text[$0] }, as: UTF8.self) }
    }

    private typealias Pair = (name: Range<Int>, value: Range<Int>)

    /// Every name with text behind it, however deep; all else is passed over.
    private static func jsonPairs(in text: borrowing Span<UInt8>, _ whole: Range<Int>) -> [Pair] {
        var pairs: [Pair] = []
        var offset = whole.lowerBound
        var name: Range<Int>?
        while let start = text.next(UInt8(ascii: "\""), from: offset) {
            var end = start + 1
            while let byte = text.byte(at: end), byte != UInt8(ascii: "\"") {
                end += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < whole.upperBound else { break }
            offset = text.pastWhiteSpace(end + 1)
            if text.byte(at: offset) == UInt8(ascii: ":") {
                name = start + 1..<end
            } else if let known = name {
                pairs.append((known, start + 1..<end))
                name = nil
            }
        }
        return pairs
    }

    /// `NAME=token` or `NAME: token`, one a line.
    private static func linePairs(in text: borrowing Span<UInt8>, _ whole: Range<Int>) -> [Pair]? {
        var pairs: [Pair] = []
        var offset = whole.lowerBound
        while offset < whole.upperBound {
            let end = text.endOfLine(offset)
            let line = text.trimmed(offset..<end)
            offset = text.pastWhiteSpace(end)
            if text.byte(at: line.lowerBound) == UInt8(ascii: "#") { continue }
            guard let mark = line.first(where: { text[$0] == UInt8(ascii: "=") || text[$0] == UInt8(ascii: ":") })
            else {
                return nil
            }
            let value = text.unquoted(text.trimmed(mark + 1..<line.upperBound))
            pairs.append((text.trimmed(line.lowerBound..<mark), value))
        }
        return pairs
    }
}

extension Span<UInt8> {
    /// Without white space at both ends.
    fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
        let start = Swift.min(pastWhiteSpace(range.lowerBound), range.upperBound)
        var end = range.upperBound
        while end > start, self[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    fileprivate func unquoted(_ range: Range<Int>) -> Range<Int> {
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        guard range.count >= 2, quotes.contains(self[range.lowerBound]),
            self[range.lowerBound] == self[range.upperBound - 1]
        else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }
}
