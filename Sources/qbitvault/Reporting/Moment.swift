import FoundationEssentials

/// A time for people: `2026-11-23 12:30 UTC`.
struct Moment: CustomStringConvertible {
    private let seconds: Int64

    /// - Parameter seconds: since 1970.
    init(_ seconds: some BinaryInteger) { self.seconds = Int64(clamping: seconds) }

    /// A time that a stranger has named. Nil where it is not from 1970 to 9999.
    init?(sound seconds: Int64) {
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        self.init(seconds)
    }

    /// `2026-11-23`
    var day: String { String(description.prefix(10)) }

    var description: String {
        let text = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
        return text.prefix(16).replacing("T", with: " ") + " UTC"
    }
}
