import FoundationEssentials
import SecureFiles
import SystemPackage

/// One place that memory is swapped to, and what it is worth to whoever has the disk.
struct SwapSpace: Hashable {
    let path: String
    /// Whether nobody can read it there: it is memory itself, or lies on an encrypted device.
    let isSafe: Bool

    /// All that are in use; nil where that cannot be told.
    ///
    /// - Parameter root: below which the system's files are, such as `proc/swaps`.
    static func all(in root: FilePath) -> [SwapSpace]? {
        let system = SystemText(root: root)
        guard let lines = system.text("proc/swaps")?.split(separator: "\n").dropFirst() else { return nil }
        // Name, kind, size, used, priority, below a heading.
        return lines.compactMap { line in
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count >= 2 else { return nil }
            let path = MountTable.unescaped(words[0])
            let device = words[1] == "file" ? MountTable(system).device(of: path) : "sys/class/block/\(name(path))"
            let isSafe = path.hasPrefix("/dev/zram") || device.map { isEncrypted($0, system) } == true
            return SwapSpace(path: path, isSafe: isSafe)
        }
    }

    private static func name(_ path: String) -> String { FilePath(path).lastComponent?.string ?? "" }

    /// Whether it is one of dm-crypt's, or lies on such ones alone: a logical volume on an encrypted disk.
    private static func isEncrypted(_ device: String, depth: Int = 0, _ system: SystemText) -> Bool {
        if system.text("\(device)/dm/uuid")?.hasPrefix("CRYPT-") == true { return true }
        let below = system.root.appending("\(device)/slaves")
        let devices = (try? FileManager.default.contentsOfDirectory(atPath: below.string)) ?? []
        guard !devices.isEmpty, depth < 8 else { return false }
        return devices.allSatisfy { isEncrypted("sys/class/block/\($0)", depth: depth + 1, system) }
    }
}

/// What the kernel tells in files.
struct SystemText {
    let root: FilePath

    /// - Parameter path: without a slash in front.
    func text(_ path: String) -> String? {
        guard let bytes = try? FileReading.systemFile(at: root.appending(path), limit: 1 << 20) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What is mounted where, as `/proc/self/mountinfo` tells it.
struct MountTable {
    private let mounts: [(point: FilePath, device: Substring)]

    init(_ system: SystemText) {
        let lines = system.text("proc/self/mountinfo")?.split(separator: "\n") ?? []
        // Number, parent, major:minor, root, mount point, …
        mounts = lines.compactMap { line in
            let fields = line.split(separator: " ")
            return fields.count > 4 ? (FilePath(Self.unescaped(fields[4])), fields[2]) : nil
        }
    }

    /// The folder below `/sys` of the device that a file lies on; the last of those that are mounted over each other.
    func device(of path: String) -> String? {
        let path = FilePath(path)
        var best: (point: FilePath, device: Substring)?
        for mount in mounts where path.starts(with: mount.point) {
            if mount.point.components.count >= best?.point.components.count ?? 0 { best = mount }
        }
        return best.map { "sys/dev/block/\($0.device)" }
    }

    /// Blanks and the like are written as three octal digits after a backslash.
    static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
