import SystemPackage
import TestSupport
import Testing

/// How many copies of a password SECURITY.md says there are.
struct ToldCopies {
    /// While it is handed on: in the request that signs in, or to the program that `exec` starts.
    let handing: Int
    /// Between requests.
    let between: Int

    /// By command.
    static func all() throws -> [String: ToldCopies] {
        let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .removingLastComponent().removingLastComponent()
        let text = String(decoding: try Files.bytes(root.appending("SECURITY.md")), as: UTF8.self)
        let table = try #require(text.split(separator: "\n| command | ").last?.split(separator: "\n\n").first)
        return table.split(separator: "\n").reduce(into: [:]) { all, row in
            let cells = row.split(separator: "|").map { $0.filter { $0 != "`" } }
            guard cells.count >= 3, let handing = number(cells[1]), let between = number(cells[2]) else { return }
            all[cells[0].split(separator: " ").joined(separator: " ")] = ToldCopies(handing: handing, between: between)
        }
    }

    /// The first number in a cell; none is said with a dash.
    private static func number(_ cell: String) -> Int? {
        let word = cell.drop { $0 == " " }.prefix { $0 != " " }
        return word == "–" ? 0 : Int(word)
    }
}
