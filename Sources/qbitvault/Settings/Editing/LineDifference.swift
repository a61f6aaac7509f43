/// What is different between two texts, line by line, as `diff -U0` writes it and `patch` reads it. No line beside the
/// changed ones shows: others may hold what is nobody's business.
enum LineDifference {
    static func lines(from old: [UInt8], to new: [UInt8]) -> [String] {
        let (old, new) = (split(old), split(new))
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [String] = []
        var (here, there) = (0, 0)
        while here < old.count || there < new.count {
            let (firstOld, firstNew) = (here, there)
            while removed.contains(here) { here += 1 }
            while inserted.contains(there) { there += 1 }
            guard here > firstOld || there > firstNew else {
                (here, there) = (here + 1, there + 1)
                continue
            }
            lines.append("@@ -\(place(firstOld..<here)) +\(place(firstNew..<there)) @@")
            lines += old[firstOld..<here].map { "-" + text($0) } + new[firstNew..<there].map { "+" + text($0) }
        }
        return lines
    }

    /// The first line, counted from one, and how many unless it is one. Of none: the line before.
    private static func place(_ range: Range<Int>) -> String {
        switch range.count {
        case 0: "\(range.lowerBound),0"
        case 1: "\(range.lowerBound + 1)"
        case let count: "\(range.lowerBound + 1),\(count)"
        }
    }

    private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
}
