import FoundationEssentials

/// The `Retry-After` header: seconds, or a date of HTTP (RFC 9110, 10.2.3).
enum RetryAfter {
    /// How long to wait. Nil for what is neither; zero for a date that is past.
    ///
    /// - Parameters:
    ///   - date: the server's `Date` header. A date is about its clock, not about ours.
    ///   - now: our time, where the server tells none.
    static func duration(_ text: String, date: String?, now: Date = .now) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int(seconds)) }
        guard let moment = moment(text) else { return nil }
        let start = date.flatMap { self.moment($0) } ?? now
        return .seconds(max(0, moment.timeIntervalSince(start).rounded(.up)))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that servers may send.
    private static func moment(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT" else { return nil }
        guard let month = months.firstIndex(of: String(parts[2])) else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return try? Date("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z", strategy: .iso8601)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
