/// Text as systemd's unit files want it.
enum SystemdText {
    /// A word of a command line. A dollar sign and a percent sign are systemd's own.
    static func word(_ text: String) -> String { quoted(text.replacing("$", with: "$$")) }

    /// `NAME=value` of `Environment=`, in which a dollar sign is one.
    static func variable(_ name: String, _ value: String) -> String { quoted("\(name)=\(value)") }

    /// A path of a list with blanks in between.
    static func path(_ text: String) -> String { quoted(text) }

    /// A value that is taken to the end of its line.
    static func rest(_ text: String) -> String { text.replacing("%", with: "%%") }

    /// A comment is one line, whatever a file is called.
    static func comment(_ text: String) -> String { "# " + text.printable }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlain)
        if isPlain { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "%": "%%"
            default: scalar.value < 0x20 || scalar.value == 0x7f ? hexadecimal(scalar) : String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        #"\x"# + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "$+=:,./-_@".utf8.contains(byte)
        }
    }
}
