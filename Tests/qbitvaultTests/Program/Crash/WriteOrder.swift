/// What of the order of calls a power cut would tell: a kill does not, since the kernel keeps what was written.
enum WriteOrder {
    /// Where a file gets its name before its bytes are on the disk, or something goes on before the name is.
    static func faults(in calls: [FileCall]) -> [String] {
        calls.indices.filter { calls[$0].name.hasPrefix("rename") }.flatMap { index in
            let rename = calls[index]
            var faults: [String] = []
            let written = calls[..<index].last { $0.path == rename.path && $0.changes && $0.name != "fchmod" }
            if written?.name != "fsync" { faults.append("\(rename): its bytes may come after its name") }
            let folder = rename.second.split(separator: "/").dropLast().joined(separator: "/")
            let next = calls[(index + 1)...].first { $0.changes }
            if next?.name != "fsync" || next?.path != folder { faults.append("\(rename): its name may be lost") }
            return faults
        }
    }
}
