import SystemPackage
import TestSupport

/// Files as the kernel shows them, copied into a folder.
final class SystemTree {
    let root: FilePath

    init(_ files: [String: String]) throws {
        root = try Files.makeScratchFolder()
        for (path, text) in files {
            let file = root.pushing(FilePath(root: nil, FilePath(path).components))
            try Files.makeFolder(file.removingLastComponent())
            try Files.write(text, to: file)
        }
    }

    deinit { try? Files.removeTree(root) }

    /// A machine with so much left.
    static func machine(available kibibytes: Int) -> [String: String] {
        [
            "/proc/meminfo": """
            MemTotal:       16000000 kB
            MemFree:          100000 kB
            MemAvailable:   \(kibibytes) kB
            SwapFree:       16000000 kB

            """
        ]
    }

    /// The line of a mounted hierarchy of the second version, and this process's group in it.
    static func unified(group: String, root: String = "/", at mount: String = "/sys/fs/cgroup") -> [String: String] {
        [
            "/proc/self/cgroup": "0::\(group)\n",
            "/proc/self/mountinfo": """
            23 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 23 0:26 \(root) \(mount) rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate

            """,
        ]
    }

    /// The same of the first version, beside controllers that say nothing of memory.
    static func first(group: String, root: String = "/") -> [String: String] {
        [
            "/proc/self/cgroup": "9:name=systemd:/\n4:memory:\(group)\n2:cpu,cpuacct:/other\n0::/\n",
            "/proc/self/mountinfo": """
            32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 \(root) /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw

            """,
        ]
    }

    /// What a group of the second version says, in MiB.
    static func group(
        _ path: String, max: Int?, high: Int? = nil, current: Int, inactive: Int = 0
    ) -> [String: String] {
        func text(_ mebibytes: Int?) -> String { mebibytes.map { "\($0 << 20)\n" } ?? "max\n" }
        return [
            "\(path)/memory.max": text(max), "\(path)/memory.high": text(high),
            "\(path)/memory.current": text(current),
            "\(path)/memory.stat": "anon 4096\nfile 8192\ninactive_anon 1\ninactive_file \(inactive << 20)\n",
        ]
    }

    /// What a group of the first version says: in bytes, and in MiB.
    static func firstGroup(_ path: String, limit: UInt64, usage: Int, inactive: Int = 0) -> [String: String] {
        [
            "\(path)/memory.limit_in_bytes": "\(limit)\n", "\(path)/memory.usage_in_bytes": "\(usage << 20)\n",
            "\(path)/memory.stat": "inactive_file 1\ntotal_inactive_file \(inactive << 20)\n",
        ]
    }
}
