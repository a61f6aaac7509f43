import Glibc
import SystemPackage

/// Who holds a lock, as its file tells: a line with the process's number and when it was started, then its words.
///
/// A process that was killed leaves its words behind, so they are believed only while that very process lives.
struct LockHolder: Hashable {
    let process: pid_t
    /// In clock ticks since the machine was started; 0 where the system does not tell.
    let started: UInt64
    let words: String

    static func current(_ words: String) -> LockHolder {
        LockHolder(process: getpid(), started: start(of: getpid()) ?? 0, words: words)
    }

    var encoded: String { "\(process) \(started)\n\(words)" }

    /// Nil for anything else than what `encoded` gave.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1)
        let numbers = lines.first?.split(separator: " ") ?? []
        guard lines.count == 2, numbers.count == 2, let process = pid_t(numbers[0]), process > 0,
            let started = UInt64(numbers[1])
        else { return nil }
        self.init(process: process, started: started, words: String(lines[1]))
    }

    private init(process: pid_t, started: UInt64, words: String) {
        (self.process, self.started, self.words) = (process, started, words)
    }

    /// Whether that process is still there, and no later one that was given its number. What another container holds
    /// does not show here.
    var isAlive: Bool {
        guard kill(process, 0) == 0 || errno == EPERM else { return false }
        // Some systems hide other processes below /proc.
        guard let start = Self.start(of: process) else { return true }
        return start == started
    }

    /// Field 22 of proc(5)'s `stat`. The second one, the command in brackets, may hold anything.
    private static func start(of process: pid_t) -> UInt64? {
        guard let bytes = try? FileReading.start(of: FilePath("/proc/\(process)/stat"), count: 2048),
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
        return fields.count > 19 ? UInt64(String(decoding: fields[19], as: UTF8.self)) : nil
    }
}
