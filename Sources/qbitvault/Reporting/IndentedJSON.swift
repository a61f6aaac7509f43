/// JSON laid out for people. Strings and numbers stay as they are written and where they are: nothing is rounded.
struct IndentedJSON {
    /// With a newline at the end.
    private(set) var bytes: [UInt8] = []

    private let source: [UInt8]
    private var next = 0
    private var depth = 0

    /// Nil for what is not JSON (RFC 8259), or nested deeper than anybody reads.
    init?(_ source: [UInt8]) {
        self.source = source
        bytes.reserveCapacity(source.count * 2)
        guard value() else { return nil }
        skipBlanks()
        guard next == source.count else { return nil }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func value() -> Bool {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return container(UInt8(ascii: "}")) { $0.member() }
        case UInt8(ascii: "["): return container(UInt8(ascii: "]")) { $0.value() }
        case UInt8(ascii: "\""): return string()
        default: return word()
        }
    }

    private mutating func container(_ end: UInt8, _ element: (inout IndentedJSON) -> Bool) -> Bool {
        guard depth < 200 else { return false }
        take()
        skipBlanks()
        if peek == end {
            take()
            return true
        }
        depth += 1
        while true {
            breakLine()
            guard element(&self) else { return false }
            skipBlanks()
            if peek == end { break }
            guard peek == UInt8(ascii: ",") else { return false }
            take()
        }
        depth -= 1
        breakLine()
        take()
        return true
    }

    private mutating func member() -> Bool {
        skipBlanks()
        guard peek == UInt8(ascii: "\""), string() else { return false }
        skipBlanks()
        guard peek == UInt8(ascii: ":") else { return false }
        take()
        bytes.append(UInt8(ascii: " "))
        return value()
    }

    private mutating func string() -> Bool {
        take()
        while let byte = peek, byte >= 0x20 {
            take()
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") {
                guard let escaped = peek, escaped >= 0x20 else { return false }
                take()
            }
        }
        return false
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() -> Bool {
        let start = next
        while let byte = peek, Self.isOfWord(byte) { take() }
        let word = source[start..<next]
        if ["true", "false", "null"].contains(where: { $0.utf8.elementsEqual(word) }) { return true }
        guard let digit = word.first(where: { $0 != UInt8(ascii: "-") }) else { return false }
        return (0x30...0x39).contains(digit) && Double(String(decoding: word, as: UTF8.self)) != nil
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || "+-.E".utf8.contains(byte)
    }

    private var peek: UInt8? { next < source.count ? source[next] : nil }

    private mutating func take() {
        bytes.append(source[next])
        next += 1
    }

    private mutating func skipBlanks() {
        while let byte = peek, " \t\r\n".utf8.contains(byte) { next += 1 }
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}
