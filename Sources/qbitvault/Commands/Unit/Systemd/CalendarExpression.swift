import ArgumentParser

/// An `OnCalendar=` expression, looked at before systemd is: weekdays, date and time, as systemd.time(7) tells them.
struct CalendarExpression {
    let text: String

    init(_ text: String) throws(ValidationError) {
        self.text = text
        guard Self.isSound(text) else {
            throw ValidationError(
                "--schedule takes a time as systemd has them, such as daily or 'Mon..Fri *-*-* 03:30'; "
                    + "systemd-analyze calendar explains one.")
        }
    }

    private static let words: Set = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "annually",
    ]
    private static let days = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static func isSound(_ text: String) -> Bool {
        if words.contains(text) { return true }
        var parts = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        if parts.last == "UTC" { parts.removeLast() }
        let all = parts.count
        if let first = parts.first, isWeekdays(first) { parts.removeFirst() }
        if let first = parts.first, isDate(first) { parts.removeFirst() }
        if let first = parts.first, isTime(first) { parts.removeFirst() }
        return parts.isEmpty && all > 0
    }

    private static func isWeekdays(_ text: Substring) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let ends = item.ranges(of: "..").isEmpty ? [item] : item.split(separator: "..", maxSplits: 1)
            let numbers = ends.map { end in
                days.firstIndex { $0 == end.lowercased() || $0.prefix(3) == end.lowercased() }
            }
            guard numbers.allSatisfy({ $0 != nil }), let first = numbers.first, let last = numbers.last else {
                return false
            }
            return item.ranges(of: "..").isEmpty || (ends.count == 2 && (first ?? 0) < (last ?? 0))
        }
    }

    private static func isDate(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return false }
        let ranges = [1970...2199, 1...12, 1...31].suffix(parts.count)
        return zip(parts, ranges).allSatisfy { isField($0, $1) }
    }

    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return false }
        return zip(parts, [0...23, 0...59, 0...59]).allSatisfy { isField($0, $1) }
    }

    /// `*`, numbers and ranges with commas in between, each perhaps with a step.
    private static func isField(_ text: Substring, _ range: ClosedRange<Int>) -> Bool {
        if text == "*" { return true }
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let step = item.split(separator: "/", omittingEmptySubsequences: false)
            if step.count == 2 {
                guard let number = number(step[1]), number > 0, number <= range.upperBound else { return false }
                if step[0] == "*" { return true }
            }
            guard step.count <= 2, let first = step.first else { return false }
            let ends = first.ranges(of: "..").isEmpty ? [first] : first.split(separator: "..", maxSplits: 1)
            let numbers = ends.compactMap(number)
            guard numbers.count == ends.count, numbers.allSatisfy(range.contains) else { return false }
            return first.ranges(of: "..").isEmpty || (numbers.count == 2 && numbers[0] < numbers[1])
        }
    }

    private static func number(_ text: Substring) -> Int? {
        (1...4).contains(text.utf8.count) && text.utf8.allSatisfy { 48...57 ~= $0 } ? Int(text) : nil
    }
}
