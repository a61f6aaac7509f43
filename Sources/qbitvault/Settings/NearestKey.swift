/// The known key that was probably meant by an unknown one.
enum NearestKey {
    /// Nil if none is near: more than a third of the letters would have to change.
    static func to(_ unknown: String, among known: [String]) -> String? {
        let plain = plainForm(unknown)
        let ranked = known.map { (key: $0, distance: distance(plain, plainForm($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, plain.count / 3) ? best.key : nil
    }

    /// Spellings that differ only in case, hyphens and underscores are the same word.
    private static func plainForm(_ key: String) -> [UInt8] {
        key.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }.prefix(64).map { $0 }
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
                var least = min(last[j + 1] + 1, row[j] + 1, replaced)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
