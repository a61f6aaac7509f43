import SecureFiles
import SystemPackage

/// What the kernel tells in files: proc(5), cgroups(7).
struct SystemFiles {
    let root: FilePath

    /// Text of at most 1 MiB; nil where it cannot be had.
    func text(_ path: FilePath) -> String? {
        let place = root.pushing(FilePath(root: nil, path.components))
        guard let bytes = try? FileReading.systemFile(at: place, limit: 1 << 20) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A number alone; nil for anything else, such as `max`.
    func number(_ path: FilePath) -> UInt64? {
        text(path).flatMap { text in UInt64(text.prefix { $0 != "\n" }) }
    }

    /// The number after `name` in a file of such lines: `MemAvailable:   1234 kB`, `inactive_file 1234`.
    func number(named name: String, in path: FilePath) -> UInt64? {
        for line in text(path)?.split(separator: "\n") ?? [] {
            let words = line.split { $0 == " " || $0 == "\t" }
            if words.count >= 2, words[0] == name { return UInt64(words[1]) }
        }
        return nil
    }

    /// What can be had without swapping, as the kernel sees it. Swap is not counted: Argon2 touches all of its memory
    /// all the time.
    var machineRoom: MemoryRoom? {
        number(named: "MemAvailable:", in: "/proc/meminfo").map {
            MemoryRoom(bytes: $0.multipliedReportingOverflow(by: 1024).partialValue, limit: .machine)
        }
    }
}
