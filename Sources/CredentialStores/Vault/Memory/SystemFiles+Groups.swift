import SystemPackage

extension SystemFiles {
    /// What each control group of this process leaves it, from its own up to the highest that can be seen. One without a
    /// limit is not among them.
    var groupRooms: [MemoryRoom] {
        Hierarchy.all(self).flatMap { hierarchy in
            hierarchy.folders.compactMap { folder in
                hierarchy.room(in: folder, self).map { MemoryRoom(bytes: $0, limit: .group(folder)) }
            }
        }
    }
}

/// A mounted hierarchy of control groups that knows about memory.
private struct Hierarchy {
    enum Version { case one, two }

    let version: Version
    /// Where it is mounted.
    let mount: FilePath
    /// This process's own group, below the mount.
    let group: FilePath

    /// From this process's group up to the mount.
    var folders: [FilePath] {
        var components = Array(group.components)
        var folders: [FilePath] = []
        while true {
            folders.append(mount.appending(components))
            if components.popLast() == nil { return folders }
        }
    }

    /// In bytes; nil where there is no limit.
    ///
    /// What the group has read from files and does not use counts as taken there, and is given up at once when memory is
    /// wanted.
    func room(in folder: FilePath, _ files: SystemFiles) -> UInt64? {
        let limits: [UInt64?]
        let taken: UInt64?
        let reclaimable: UInt64?
        switch version {
        case .two:
            limits = ["memory.max", "memory.high"].map { files.number(folder.appending($0)) }
            taken = files.number(folder.appending("memory.current"))
            reclaimable = files.number(named: "inactive_file", in: folder.appending("memory.stat"))
        case .one:
            limits = [files.number(folder.appending("memory.limit_in_bytes"))]
            taken = files.number(folder.appending("memory.usage_in_bytes"))
            reclaimable = files.number(named: "total_inactive_file", in: folder.appending("memory.stat"))
        }
        // The first version says the greatest number that there is where it means none.
        guard let limit = limits.compactMap(\.self).min(), limit < 1 << 60 else { return nil }
        let used = (taken ?? 0) - min(taken ?? 0, reclaimable ?? 0)
        return limit > used ? limit - used : 0
    }
}

extension Hierarchy {
    static func all(_ files: SystemFiles) -> [Hierarchy] {
        let groups = Groups(files.text("/proc/self/cgroup") ?? "")
        let lines = files.text("/proc/self/mountinfo")?.split(separator: "\n") ?? []
        return lines.compactMap { Hierarchy(mountLine: $0, groups) }
    }

    /// A line of mountinfo: number, parent, device, root, mount point, options, any more, `-`, type, source, options.
    private init?(mountLine line: Substring, _ groups: Groups) {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false)
        guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { return nil }
        let path: FilePath?
        switch fields[dash + 1] {
        case "cgroup2":
            version = .two
            path = groups.unified
        case "cgroup" where fields[dash + 3].split(separator: ",").contains("memory"):
            version = .one
            path = groups.memory
        default: return nil
        }
        guard let path else { return nil }
        mount = FilePath(Self.unescaped(fields[4]))
        // A container may see a part of the hierarchy alone, and its own name in the whole of it.
        let root = FilePath(Self.unescaped(fields[3]))
        let components = Array(path.components), above = Array(root.components)
        let isBelow = components.starts(with: above) && !components.contains { $0.kind != .regular }
        group = FilePath(root: nil, isBelow ? Array(components.dropFirst(above.count)) : [])
    }

    /// Spaces and the like are written as three octal digits after a backslash.
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), rest.count >= 3,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(code)
            rest = rest.dropFirst(3)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Which groups this process is in: lines such as `0::/system.slice/x.service` and `4:memory:/docker/abc`.
    private struct Groups {
        var unified: FilePath?
        var memory: FilePath?

        init(_ text: String) {
            for line in text.split(separator: "\n") {
                let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
                guard fields.count == 3 else { continue }
                if fields[0] == "0", fields[1].isEmpty { unified = FilePath(String(fields[2])) }
                if fields[1].split(separator: ",").contains("memory") { memory = FilePath(String(fields[2])) }
            }
        }
    }
}
