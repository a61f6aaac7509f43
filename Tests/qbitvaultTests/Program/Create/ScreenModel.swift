/// What stands on a terminal after some bytes: the part of a terminal that progress makes use of. Lines that do not fit
/// go on in the next row.
struct ScreenModel {
    private(set) var rows: [[Character]] = [[]]
    private var row = 0
    private var column = 0
    private let width: Int
    /// Sequences that are not known to the model.
    private(set) var unknown: [String] = []

    init(_ bytes: [UInt8], width: Int) {
        self.width = width
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n": goDown()
            case "\u{1b}": take(&rest)
            default: put(Character(scalar))
            }
        }
    }

    var lines: [String] {
        rows.map { String($0).reversed().drop { $0 == " " }.reversed() }.map { String($0) }
    }

    private mutating func goDown() {
        row += 1
        if row == rows.count { rows.append([]) }
    }

    private mutating func put(_ character: Character) {
        if column == width {
            column = 0
            goDown()
        }
        while rows[row].count <= column { rows[row].append(" ") }
        rows[row][column] = character
        column += 1
    }

    private mutating func take(_ rest: inout ArraySlice<Unicode.Scalar>) {
        guard rest.popFirst() == "[" else { return unknown.append("no CSI") }
        var number = ""
        while let next = rest.first, ("0"..."9").contains(next) {
            number.unicodeScalars.append(next)
            rest.removeFirst()
        }
        switch rest.popFirst() {
        case "A": row = max(0, row - (Int(number) ?? 1))
        case "J":
            rows[row].removeLast(max(0, rows[row].count - column))
            rows.removeSubrange((row + 1)...)
        case let other: unknown.append("\(number)\(other.map(String.init) ?? "")")
        }
    }
}
