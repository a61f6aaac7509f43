/// Which letters a hexadecimal number is written with.
enum HexadecimalCase { case lower, upper }

extension OutputRawSpan {
    mutating func append(hexadecimal byte: UInt8, _ letters: HexadecimalCase) {
        for digit in [byte >> 4, byte & 15] {
            let first = UInt8(ascii: letters == .lower ? "a" : "A")
            append(digit < 10 ? UInt8(ascii: "0") + digit : first + digit - 10)
        }
    }

    /// As in a string of JSON or YAML.
    mutating func append(quoted byte: UInt8) {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
        append(byte)
    }

    /// As in a string of JSON whose writer escapes slashes too.
    mutating func append(slashed byte: UInt8) {
        if byte == UInt8(ascii: "/") { append(UInt8(ascii: "\\")) }
        append(quoted: byte)
    }

    /// As in a string of JSON whose writer keeps to ASCII.
    mutating func append(escaped unit: UInt16, _ letters: HexadecimalCase) {
        guard unit >= 0x80 else { return append(quoted: UInt8(unit)) }
        append(UInt8(ascii: "\\"))
        append(UInt8(ascii: "u"))
        append(hexadecimal: UInt8(unit >> 8), letters)
        append(hexadecimal: UInt8(truncatingIfNeeded: unit), letters)
    }

    /// As in a URL (RFC 3986).
    mutating func append(percent byte: UInt8, _ letters: HexadecimalCase) {
        if byte.isLetterOrDigit || "-._~".utf8.contains(byte) { return append(byte) }
        append(UInt8(ascii: "%"))
        append(hexadecimal: byte, letters)
    }

    /// As in the body of a form (`application/x-www-form-urlencoded`).
    mutating func append(form byte: UInt8) {
        if byte == UInt8(ascii: " ") { return append(UInt8(ascii: "+")) }
        if byte.isLetterOrDigit || "*-._".utf8.contains(byte) { return append(byte) }
        append(UInt8(ascii: "%"))
        append(hexadecimal: byte, .upper)
    }
}

extension Span<UInt8> {
    func rewrite(into out: inout OutputRawSpan, _ append: (UInt8, inout OutputRawSpan) -> Void) {
        for index in indices { append(self[index], &out) }
    }

    /// What these bytes, taken for UTF-8, are in UTF-16; a byte that is none of UTF-8 is taken for a character of its own.
    func forEachUnit(_ body: (UInt16) -> Void) {
        var index = 0
        while index < count {
            let (scalar, length) = scalar(at: index) ?? (Unicode.Scalar(self[index]), 1)
            for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() { body(unit) }
            index += length
        }
    }

    private func scalar(at start: Int) -> (Unicode.Scalar, length: Int)? {
        let length = (~self[start]).leadingZeroBitCount
        guard (2...4).contains(length), start + length <= count else { return nil }
        var value = UInt32(self[start] & (0x7f >> UInt8(length)))
        for index in start + 1..<start + length {
            guard self[index] & 0xc0 == 0x80 else { return nil }
            value = value << 6 | UInt32(self[index] & 0x3f)
        }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    /// The letters that these bytes alone decide, after the first `skipped` bits.
    func appendBase64(to out: inout OutputRawSpan, skipping skipped: Int, marks: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(marks)".utf8)
        for bit in stride(from: skipped, through: count * 8 - 6, by: 6) {
            let first = UInt16(self[bit / 8]) << 8
            let pair = bit / 8 + 1 < count ? first | UInt16(self[bit / 8 + 1]) : first
            out.append(alphabet[Int(pair >> (10 - UInt16(bit % 8))) & 63])
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
