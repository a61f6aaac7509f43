package import Secrets

/// All that a `.env` holds, to be kept in a better place.
package struct DotEnvContents: ~Copyable, Sendable {
    /// A name, and where its value lies in `values`. One that is repeated stands here once, with its last value.
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Empty for a name without a value.
        package let value: Range<Int>
    }

    /// In the order of the file.
    package let entries: [Entry]
    package let values: Secret

    /// - Throws: `.failed(.syntax(line:))` for a file with a line that cannot be read.
    package init(_ file: borrowing Secret, at place: Place) throws(StoreError) {
        var entries: [Entry] = []
        values = try file.withBytes { text throws(StoreError) in
            let assignments: [DotEnvAssignment]
            do throws(DotEnvSyntaxError) { assignments = try DotEnvParser.assignments(in: text) } catch {
                throw StoreError(.failed(.syntax(line: error.line)), at: place)
            }
            return Secret(capacity: text.count) { out in
                for assignment in assignments {
                    let start = out.byteCount
                    assignment.value?.decode(from: text, into: &out)
                    entries.removeAll { $0.name == assignment.name }
                    entries.append(Entry(name: assignment.name, value: start..<out.byteCount))
                }
            }
        }
        self.entries = entries
    }
}
