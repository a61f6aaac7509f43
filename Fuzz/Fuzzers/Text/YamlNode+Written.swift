@testable import qbitvault

extension YamlNode {
    /// The same value in flow style, with every text quoted and every key explicit, since a long one must be.
    var written: String {
        switch content {
        case .null: "null"
        case .scalar(let text, _): Self.quoted(text)
        case .sequence(let items): "[" + items.map { $0.written + ", " }.joined() + "]"
        case .mapping(let entries):
            "{" + entries.map { "? \(Self.quoted($0.key)) : \($0.value.written), " }.joined() + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let parts = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"": "\\\(scalar)"
            case " "..."~": "\(scalar)"
            default: "\\U" + String(String(UInt64(1) << 32 | UInt64(scalar.value), radix: 16).dropFirst())
            }
        }
        return "\"" + parts.joined() + "\""
    }
}
