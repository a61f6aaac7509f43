/// A system call on a file or folder of a test's home.
struct FileCall: Hashable, Sendable, CustomStringConvertible {
    /// As Linux calls it.
    let name: String
    let traits: Traits
    /// What it returned; below 0 an error.
    let result: Int
    /// Below the home. What is random in the name of a temporary file is left out.
    let path: String
    /// The new name, where there are two.
    let second: String

    var description: String { second.isEmpty ? "\(name) \(path)" : "\(name) \(path) -> \(second)" }

    /// Whether it may leave something different behind, if only for a while.
    var changes: Bool { traits.contains(.grows) || ["fchmod", "chmod", "unlink", "rmdir"].contains(name) }

    /// The same step of another run: descriptors and sizes may differ.
    func isSame(as other: FileCall) -> Bool { name == other.name && path == other.path && second == other.second }

    /// As `calls.c` has them.
    struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: Int
        static let reads = Traits(rawValue: 2)
        static let writes = Traits(rawValue: 4)
        static let closes = Traits(rawValue: 8)
        /// It may need room on the disk.
        static let grows = Traits(rawValue: 32)
    }
}

extension FileCall {
    /// The lines of a report.
    static func all(in text: String) -> [FileCall] { text.split(separator: "\n").compactMap(FileCall.init) }

    private init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 5, let traits = Int(fields[1]), let result = Int(fields[2]) else { return nil }
        self.init(
            name: String(fields[0]), traits: Traits(rawValue: traits), result: result,
            path: Self.unmarked(fields[3]), second: Self.unmarked(fields[4]))
    }

    /// `folder/.vault.qbv.1x2y3z.tmp` is `folder/.vault.qbv.*.tmp`.
    private static func unmarked(_ path: Substring) -> String {
        guard path.hasSuffix(".tmp"), let dot = path.dropLast(4).lastIndex(of: ".") else { return String(path) }
        return path[...dot] + "*.tmp"
    }
}
