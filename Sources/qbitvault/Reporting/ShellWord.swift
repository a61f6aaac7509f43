import QBittorrentClient

/// A word as a shell reads it back: a suggested command can be pasted whatever the file is called.
struct ShellWord: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        // A leading dash would be an option.
        let text = text.hasPrefix("-") ? "./" + text : text
        if !text.isEmpty, text.utf8.allSatisfy(Self.isPlain) {
            description = text
        } else if text.unicodeScalars.allSatisfy(\.isHarmless) {
            description = "'" + text.replacing("'", with: #"'\''"#) + "'"
        } else {
            // What a terminal would not show as it is.
            description = "$'" + text.unicodeScalars.map(Self.escaped).joined() + "'"
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "@%+=:,./-_".utf8.contains(byte)
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
        if scalar.isHarmless { return String(scalar) }
        return String(scalar).utf8.map { byte in
            "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
