/// Piece sizes as people write them: "16KiB", "1 MiB", "auto".
package enum PieceSize {
    /// A smaller one is slow, and on 5.1.0 a tiny one blocks the queue of all users (observed). A larger one is
    /// refused by the server.
    package static let range = (16 << 10)...(128 << 20)

    /// Bytes, or nil where the server is to choose: "auto" or 0.
    ///
    /// Units are of 1024, in either case; "KB" and "K" say the same as "KiB", since no multiple of 1000 could be meant.
    package static func read(_ text: String) throws(ParameterError) -> Int? {
        let words = text.lowercased().filter { $0 != " " }
        if words == "auto" { return nil }
        let digits = words.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), let unit = units[String(words.dropFirst(digits.count))] else {
            throw ParameterError(.notASize, in: .pieceSize)
        }
        let (bytes, tooBig) = number.multipliedReportingOverflow(by: unit)
        if tooBig { throw ParameterError(.outOfRange(.max, allowed: range), in: .pieceSize) }
        return bytes == 0 ? nil : try checked(bytes)
    }

    /// "16 KiB", "1 MiB", "auto"; bytes where nothing rounder is exact.
    package static func text(for bytes: Int?) -> String {
        guard let bytes else { return "auto" }
        if bytes > 0, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
        if bytes > 0, bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
        return "\(bytes) B"
    }

    /// `bytes`, which must be a power of two within `range`.
    static func checked(_ bytes: Int) throws(ParameterError) -> Int {
        guard range.contains(bytes) else {
            throw ParameterError(.outOfRange(bytes, allowed: range), in: .pieceSize)
        }
        guard bytes.nonzeroBitCount == 1 else { throw ParameterError(.notPowerOfTwo(bytes), in: .pieceSize) }
        return bytes
    }

    private static let units = [
        "": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20,
        "g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30,
    ]
}
