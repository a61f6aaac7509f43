import TestSupport
import Testing

/// What `--json` tells of a unit.
struct ToldUnit: Decodable {
    struct File: Decodable {
        let path: String
        let text: String
    }

    let kind: String
    let name: String
    let command: [String]
    let files: [File]
    let steps: [String]

    /// The values of a setting in the first file, in their order.
    func values(_ key: String, file: Int = 0) -> [String] {
        files[file].text.split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map {
            String($0.dropFirst(key.count + 1))
        }
    }

    /// The words of a line of systemd's, read back by its rules: quotes, backslashes, and doubled signs.
    static func words(_ line: String, isCommand: Bool = true) throws -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        var rest = line[...]
        while let next = rest.popFirst() {
            switch next {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let finished = word { words.append(finished) }
                word = nil
            case "\\":
                let found = rest.popFirst()
                let kind = try #require(found)
                if kind == "x" {
                    let code = try #require(UInt32(rest.prefix(2), radix: 16).flatMap(Unicode.Scalar.init))
                    rest = rest.dropFirst(2)
                    word = (word ?? "") + String(Character(code))
                } else {
                    word = (word ?? "") + String(kind)
                }
            case "%", "$":
                if next == "%" || isCommand {
                    let second = rest.popFirst()
                    try #require(second == next, "a sign of systemd's own: \(line)")
                }
                word = (word ?? "") + String(next)
            default: word = (word ?? "") + String(next)
            }
        }
        try #require(!isQuoted)
        if let word { words.append(word) }
        return words
    }
}
