extension String {
    /// With what would break the line, or move the cursor, written as `\u{0A}`. In JSON it is written so anyway.
    var inOneLine: String {
        unicodeScalars.map { scalar in
            let isControl = scalar.properties.generalCategory == .control
            return isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }

    /// In one line, and without anything that turns text around: for words of strangers on a terminal.
    var onScreen: String { inOneLine.printable }
}
