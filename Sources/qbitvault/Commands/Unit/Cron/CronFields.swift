import ArgumentParser

/// The five fields of a crontab's line, or one of the words that stand for them.
struct CronFields {
    let text: String

    init(_ text: String) throws(ValidationError) {
        let fields = text.split(separator: " ")
        guard Self.words.contains(text) || Self.isSound(fields) else {
            throw ValidationError(
                "--schedule takes five fields (minute, hour, day, month, weekday), such as '30 3 * * 1-5', or @daily and the like."
            )
        }
        guard Self.words.contains(text) || !Self.isNever(fields) else {
            throw ValidationError("--schedule names a day that its months do not have.")
        }
        self.text = fields.joined(separator: " ")
    }

    private static let words: Set = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"]
    private static let ranges = [0...59, 0...23, 1...31, 1...12, 0...7]
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func isSound(_ fields: [Substring]) -> Bool {
        fields.count == 5 && fields.indices.allSatisfy { values(fields[$0], $0) != nil }
    }

    /// Which numbers a field stands for; nil where it is none.
    private static func values(_ field: Substring, _ index: Int) -> Set<Int>? {
        let range = ranges[index]
        var all: Set<Int> = []
        for item in field.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let span = parts.first.flatMap({ self.span($0, index) }) else { return nil }
            var step = 1
            if parts.count == 2 {
                // Crons do not agree on what a step behind a single number is.
                guard let number = number(parts[1]), number > 0, number <= range.upperBound, span.count > 1 else {
                    return nil
                }
                step = number
            }
            all.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return all
    }

    private static func span(_ text: Substring, _ index: Int) -> ClosedRange<Int>? {
        if text == "*" { return ranges[index] }
        let names = index == 3 ? months : index == 4 ? days : []
        if let place = names.firstIndex(of: text.lowercased()) {
            let value = index == 3 ? place + 1 : place
            return value...value
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
            ranges[index].contains(first), ranges[index].contains(last)
        else { return nil }
        return first...last
    }

    /// Such as the 30th of February. A weekday beside it would do.
    private static func isNever(_ fields: [Substring]) -> Bool {
        guard fields[4] == "*", let days = values(fields[2], 2), let months = values(fields[3], 3) else { return false }
        let longest = months.map { $0 == 2 ? 29 : [4, 6, 9, 11].contains($0) ? 30 : 31 }.max() ?? 31
        return (days.min() ?? 1) > longest
    }

    private static func number(_ text: Substring) -> Int? {
        (1...2).contains(text.utf8.count) && text.utf8.allSatisfy { 48...57 ~= $0 } ? Int(text) : nil
    }
}
