extension Unicode.Scalar {
    /// Columns that it takes on a terminal: none for marks that join what is before them, two for wide letters and
    /// pictures (the blocks that Unicode calls East Asian Wide), one for all others.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1faff,
            0x20000...0x3fffd:
            return 2
        default: return 1
        }
    }
}

extension String {
    /// Columns that it takes on a terminal.
    var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// What fits into `width` columns; where that is not all, an ellipsis stands at the end.
    func cut(toColumns width: Int) -> String {
        guard displayWidth > width else { return self }
        var kept = ""
        var used = 0
        for character in self {
            let columns = String(character).displayWidth
            guard used + columns <= width - 1 else { break }
            kept.append(character)
            used += columns
        }
        return width > 0 ? kept + "…" : ""
    }
}
