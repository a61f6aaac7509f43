/// The text of a document in which single values are changed. All else, comments too, stays as it is.
///
/// What comes of it is to be read again and compared with what was meant: the text is changed where the reader says
/// that a value stands, and a document may be written in more ways than are thought of here.
struct YamlText {
    /// Why a text is not changed.
    struct Unchangeable: Error {}

    private var scalars: [Unicode.Scalar]
    private var root: YamlPart?

    /// - Parameter bytes: a document that `YamlReader` takes.
    init(_ bytes: [UInt8]) throws(YamlError) {
        scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        root = try YamlPart.read(bytes)
    }

    var bytes: [UInt8] { Array(text(scalars.indices).utf8) }

    /// The keys that have a value in a section.
    func keys(in section: [String]) -> Set<String> {
        guard case .mapping(let entries)? = part(at: section)?.content else { return [] }
        return Set(entries.filter { !$0.value.isNull }.map(\.key))
    }

    /// Gives a key its value, and makes it, and the sections that it is in, where they are missing.
    ///
    /// - Parameter value: as YAML has it within brackets, such as `"text"`, `8080` or `["a", "b"]`.
    mutating func set(_ path: [String], to value: String) throws(Unchangeable) {
        var (part, header, rest) = (root, YamlPart.Entry?.none, path[...])
        while let name = rest.first, let entry = part?.entry(name) {
            (part, header, rest) = (entry.value, entry, rest.dropFirst())
        }
        guard !rest.isEmpty else { return try replace(part, with: value) }
        try insert(Array(rest), value, into: part, below: header)
    }

    /// Adds a value to a list, and makes the list where it is missing.
    mutating func append(_ value: String, to path: [String]) throws(Unchangeable) {
        guard let list = part(at: path), !list.isNull else { return try set(path, to: "[\(value)]") }
        switch list.content {
        case .scalar: try change(list.range, to: "[\(text(list.range)), \(value)]")
        case .list(let items) where isBracketed(list):
            let end = list.range.upperBound - 1
            try change(end..<end, to: items.isEmpty ? value : ", \(value)")
        case .list(let items):
            guard let last = items.last else { throw Unchangeable() }
            let end = lineEnd(from: last.range.upperBound)
            try change(end..<end, to: newline + indentation(of: list.range.lowerBound) + "- " + value)
        case .mapping, .null: throw Unchangeable()
        }
    }

    private func part(at path: [String]) -> YamlPart? {
        path.reduce(root) { part, name in part?.entry(name)?.value }
    }

    private mutating func replace(_ part: YamlPart?, with value: String) throws(Unchangeable) {
        switch part?.content {
        case .scalar?, .null?: break
        case .list? where part.map(isBracketed) == true: break
        default: throw Unchangeable()
        }
        guard let range = part?.range else { throw Unchangeable() }
        try change(range, to: range.isEmpty ? " \(value)" : value)
    }

    private mutating func insert(
        _ path: [String], _ value: String, into part: YamlPart?, below header: YamlPart.Entry?
    ) throws(Unchangeable) {
        switch part?.content {
        case nil: try insertLines(lines(path, value, indentation: ""), at: scalars.count)
        case .mapping(let entries)? where part.map(isBracketed) == true:
            let start = (part?.range.lowerBound ?? 0) + 1
            let hasSpace = start < scalars.count && scalars[start] == " "
            let comma = entries.isEmpty ? "" : hasSpace ? "," : ", "
            try change(start..<start, to: (hasSpace ? " " : "") + bracketed(path, value) + comma)
        case .mapping?:
            let indentation = indentation(of: part?.range.lowerBound ?? 0)
            let place = header.map { lineEnd(from: $0.keyRange.upperBound) }
            try insertLines(lines(path, value, indentation: indentation), at: place ?? scalars.count)
        case .null? where part?.range.isEmpty == true:
            guard let header else { throw Unchangeable() }
            let indentation = indentation(of: header.keyRange.lowerBound) + "  "
            try insertLines(
                lines(path, value, indentation: indentation), at: lineEnd(from: header.keyRange.upperBound))
        case .null?: try change(part?.range ?? 0..<0, to: "{\(bracketed(path, value))}")
        case .scalar?, .list?: throw Unchangeable()
        }
    }

    /// Each key in a line of its own, the deeper ones further in.
    private func lines(_ path: [String], _ value: String, indentation: String) -> [String] {
        path.enumerated().map { depth, key in
            let isLast = depth == path.count - 1
            return indentation + String(repeating: "  ", count: depth) + key + ":" + (isLast ? " \(value)" : "")
        }
    }

    /// The same in one line.
    private func bracketed(_ path: [String], _ value: String) -> String {
        let inner = path.dropFirst().reversed().reduce(value) { "{\($1): \($0)}" }
        return "\(path.first ?? ""): \(inner)"
    }

    /// - Parameter place: the end of a line, or of the text.
    private mutating func insertLines(_ lines: [String], at place: Int) throws(Unchangeable) {
        let text = lines.joined(separator: newline)
        let isAtStart = place == 0 || scalars[place - 1] == "\n"
        try change(
            place..<place, to: isAtStart ? text + newline : newline + text + (place == scalars.count ? newline : ""))
    }

    private mutating func change(_ range: Range<Int>, to text: String) throws(Unchangeable) {
        scalars.replaceSubrange(range, with: text.unicodeScalars)
        do throws(YamlError) { root = try YamlPart.read(bytes) } catch { throw Unchangeable() }
    }

    private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    private func isBracketed(_ part: YamlPart) -> Bool {
        part.range.lowerBound < scalars.count && ["{", "["].contains(scalars[part.range.lowerBound])
    }

    /// Where the line ends that `place` is in, before its newline.
    private func lineEnd(from place: Int) -> Int {
        let end = scalars[place...].firstIndex(of: "\n") ?? scalars.count
        return end > place && end < scalars.count && scalars[end - 1] == "\r" ? end - 1 : end
    }

    /// As many spaces as stand before `place` in its line.
    private func indentation(of place: Int) -> String {
        let start = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return String(repeating: " ", count: place - start)
    }

    private var newline: String {
        guard let first = scalars.firstIndex(of: "\n"), first > 0, scalars[first - 1] == "\r" else { return "\n" }
        return "\r\n"
    }
}
