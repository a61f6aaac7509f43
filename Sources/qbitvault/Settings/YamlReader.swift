/// Reads one YAML document, of the kind that a settings file needs and no more.
enum YamlReader {
    /// The most bytes a document may have.
    static let largest = 1 << 20
    /// The most mappings and lists that may stand inside one another.
    static let deepest = 16

    /// The document's root; null for a document without any value.
    static func read(_ bytes: [UInt8]) throws(YamlError) -> YamlNode {
        guard bytes.count <= largest else { throw YamlError(.tooLarge(limit: largest), at: .start) }
        do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: bytes.span) } catch {
            throw YamlError(.notUTF8, at: position(of: error.byteOffsets.lowerBound, in: bytes))
        }
        var tree = YamlTree(deepest: deepest)
        try YamlEvents.each(in: bytes) { event, position, _ throws(YamlError) in
            try tree.take(event, at: position)
        }
        return tree.root ?? YamlNode(content: .null, position: .start)
    }

    /// Where the byte at `offset` stands.
    static func position(of offset: Int, in bytes: [UInt8]) -> YamlPosition {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return YamlPosition(line: line, column: before.count - lineStart + 1)
    }
}
