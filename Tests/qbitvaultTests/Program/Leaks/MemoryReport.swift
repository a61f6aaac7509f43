/// What the probe has seen in the memory of a program and of those that it started.
struct MemoryReport {
    /// A copy of a form of the secret, whole or a piece of eight bytes and more.
    struct Copy: CustomStringConvertible {
        let isWhole: Bool
        /// As `/proc/PID/maps` has them.
        let permissions: String
        /// What the mapping is called there; empty for memory without a name.
        let mapping: String

        /// Whether it lies where secrets belong: in pages that are read-only since they were filled.
        var isGuarded: Bool { permissions == "r--p" && mapping.isEmpty }

        var description: String { "\(isWhole ? "copy" : "piece") in \(permissions) \(mapping)" }
    }

    enum Kind: String {
        /// Before something is written to a socket.
        case send
        /// Before the process becomes another program.
        case exec
        /// At its end, by itself or by a signal.
        case exit, signal
    }

    struct Moment: CustomStringConvertible {
        let kind: Kind
        let isOfChild: Bool
        /// The first line of what is sent.
        let line: String
        var copies: [Copy] = []

        var isOfLogin: Bool { line.contains("/auth/login ") || line.hasPrefix("username=") }

        var description: String { "\(kind.rawValue) \(line.prefix { $0 != "?" }): \(copies)" }
    }

    private(set) var moments: [Moment] = []
    /// Processes, whichever, that had the secret among their arguments.
    private(set) var argumentsOf: Set<Int> = []
    /// Whether some memory could not be looked into, so that nothing follows.
    private(set) var isBlind = false
    private(set) var leftCore = false

    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            switch words[0] {
            case "moment":
                guard let kind = Kind(rawValue: words[1]) else { throw Unknown(line: String(line)) }
                moments.append(Moment(kind: kind, isOfChild: words[2] == "child", line: words[3]))
            case "copy":
                moments[moments.count - 1].copies.append(
                    Copy(isWhole: words[3] == words[4], permissions: words[5], mapping: words[6]))
            case "argument": argumentsOf.insert(Int(words[1]) ?? 0)
            case "blind": isBlind = true
            case "end": leftCore = words[2] == "1"
            default: throw Unknown(line: String(line))
            }
        }
    }

    struct Unknown: Error { let line: String }

    /// The most copies at one time: while the login is sent, and while anything else is.
    func most(atLogin: Bool) -> Int {
        moments.filter { $0.kind == .send && $0.isOfLogin == atLogin }.map(\.copies.count).max() ?? 0
    }

    /// The most copies when one process becomes another program.
    var mostAtExec: Int { moments.filter { $0.kind == .exec }.map(\.copies.count).max() ?? 0 }

    /// What is left at the end of the processes.
    var left: [Copy] { moments.filter { $0.kind == .exit || $0.kind == .signal }.flatMap(\.copies) }
}
