/// The shape of a Fernet token: base64url of a version byte 0x80, a time (8 bytes), a nonce (16), whole blocks of AES
/// (16 each) and a tag (32). See the specification of fernet/spec, "Token Format".
enum FernetToken {
    /// Whether `range` of `text` is a token, or base64 of one, as programs write that encode once more.
    static func stands(in text: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard isBase64(text, range), let count = decodedCount(text, range) else { return false }
        if starts(text, range, "gAAAAA") { return isCount(ofToken: count) }
        // The token inside has no fewer than a quarter of its letters left over.
        return starts(text, range, "Z0FBQUFB") && count.isMultiple(of: 4) && isCount(ofEncodedToken: count)
    }

    private static func isCount(ofToken count: Int) -> Bool { count >= 73 && (count - 57).isMultiple(of: 16) }

    private static func isCount(ofEncodedToken count: Int) -> Bool {
        (0...2).contains { padding in isCount(ofToken: count / 4 * 3 - padding) }
    }

    private static func starts(_ text: borrowing Span<UInt8>, _ range: Range<Int>, _ beginning: String) -> Bool {
        let bytes = Array(beginning.utf8)
        guard range.count >= bytes.count else { return false }
        return bytes.indices.allSatisfy { text[range.lowerBound + $0] == bytes[$0] }
    }

    private static func isBase64(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.allSatisfy { index in
            switch text[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
                UInt8(ascii: "/"):
                true
            case UInt8(ascii: "="): index >= range.upperBound - 2
            default: false
            }
        }
    }

    private static func decodedCount(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty, range.count.isMultiple(of: 4) else { return nil }
        let padding = range.suffix(2).count { text[$0] == UInt8(ascii: "=") }
        return range.count / 4 * 3 - padding
    }
}
