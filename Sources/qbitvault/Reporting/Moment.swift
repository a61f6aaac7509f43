import FoundationEssentials

/// A time for people: `2026-11-23 12:30 UTC`.
struct Moment: CustomStringConvertible {
    private let seconds: Int64

    /// - Parameter seconds: since 1970.
    init(_ seconds: some BinaryInteger) { self.seconds = Int64(clamping: seconds) }

    /// `2026-11-23`
    var day: String { String(description.prefix(10)) }

    var description: String {
        let text = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
        return text.prefix(16).replacing("T", with: " ") + " UTC"
    }
}
