import SystemPackage
import TestSupport

/// What strace sees of a run: another way to know which calls there were, from outside.
struct TracedCalls {
    /// The names of the calls on files below a folder, in their order.
    private(set) var names: [String] = []
    private let folder: String
    /// Open descriptors of files below it.
    private var descriptors: Set<Int> = []

    /// - Parameter trace: what `strace -f -o` has written.
    init(_ trace: String, below folder: FilePath) {
        self.folder = folder.string
        // A call that others come between is told in two parts.
        var begun: [Substring: Substring] = [:]
        for line in trace.split(separator: "\n") {
            let process = line.prefix { $0.isNumber }
            let rest = line.dropFirst(process.count).drop { $0 == " " }
            if rest.hasSuffix("<unfinished ...>") {
                begun[process] = rest.dropLast("<unfinished ...>".count)
            } else if rest.hasPrefix("<... "), let end = rest.firstRange(of: "resumed>") {
                take((begun.removeValue(forKey: process) ?? "") + rest[end.upperBound...])
            } else {
                take(rest)
            }
        }
    }

    private mutating func take(_ call: Substring) {
        guard let open = call.firstIndex(of: "("), let equals = call.lastIndex(of: "=") else { return }
        let name = call[..<open]
        let arguments = call[open...].dropFirst()
        let descriptor = Int(arguments.prefix { $0.isNumber })
        // The start of the program itself names them too, as its arguments.
        let isOfPath = name != "execve" && ["/", "\""].contains { arguments.contains("\"\(folder)\($0)") }
        let isOfDescriptor = descriptor.map(descriptors.contains) ?? false
        if isOfPath || isOfDescriptor { names.append(String(name)) }
        if name == "close", let descriptor { descriptors.remove(descriptor) }
        if name == "openat", let result = Int(call[equals...].dropFirst(2).prefix { $0.isNumber }) {
            if isOfPath { descriptors.insert(result) } else { descriptors.remove(result) }
        }
    }
}
