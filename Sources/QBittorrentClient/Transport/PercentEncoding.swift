/// Percent-encoding as forms, queries and the Torrent Creator's lists want it: all but letters, digits and `-._~`.
///
/// It works from bytes to bytes, so that a secret can go through it without ever being a `String`.
enum PercentEncoding {
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// How many bytes `append` will write.
    static func count(of bytes: borrowing Span<UInt8>) -> Int {
        var count = 0
        for index in bytes.indices { count += isUnreserved(bytes[index]) ? 1 : 3 }
        return count
    }

    static func append(_ bytes: borrowing Span<UInt8>, to out: inout OutputRawSpan) {
        for index in bytes.indices {
            let byte = bytes[index]
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(digit(byte >> 4))
                out.append(digit(byte & 15))
            }
        }
    }

    /// The text that was encoded; nil where it is not sound, not UTF-8, or has control characters.
    static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes.contains { $0 < 0x20 || $0 == 0x7f } ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// Of a text that holds no secret.
    static func encode(_ text: String) -> String {
        text.utf8.map { isUnreserved($0) ? String(UnicodeScalar($0)) : encode($0) }.joined()
    }

    /// `%2F`.
    static func encode(_ byte: UInt8) -> String {
        String(decoding: [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)], as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
