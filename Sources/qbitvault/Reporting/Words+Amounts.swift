/// Amounts as people read them.
enum Amount {
    /// `1.4 GiB`, `512 bytes`.
    static func bytes(_ count: Int64) -> String {
        guard count >= 1024 else { return "\(count) byte\(count == 1 ? "" : "s")" }
        var value = Double(count)
        var unit = 0
        while value >= 1023.95, unit < units.count {
            value /= 1024
            unit += 1
        }
        let tenths = (value * 10).rounded() / 10
        return "\(value < 100 ? "\(tenths)" : "\(Int(value.rounded()))") \(units[unit - 1])"
    }

    /// `3 min 20 s`, `2 h 5 min`, `0.4 s`.
    static func time(_ duration: Duration) -> String {
        let tenths = Int((max(duration, .zero) / .milliseconds(100)).rounded())
        guard tenths >= 100 else { return "\(Double(tenths) / 10) s" }
        let seconds = (tenths + 5) / 10
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        if seconds < 86_400 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
        return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
    }

    private static let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
}
