import Glibc
import SecureFiles
import SystemPackage

/// Whether secrets in memory can get onto a disk.
struct ProcessExamination {
    /// Where the system's files are, such as `/proc/swaps`.
    let folder: FilePath

    var findings: [Finding] { [memory, coreFiles] + swaps }

    private var memory: Finding {
        guard let warning = Hardening.warning else { return .ok("memory", "secrets are locked in memory") }
        return .warning(
            "memory", warning, next: "raise the limit: ulimit -l 65536, or LimitMEMLOCK=64M in a systemd unit")
    }

    private var coreFiles: Finding {
        var limit = rlimit()
        let isOff = unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 && limit.rlim_cur == 0
        return isOff
            ? .ok("core_files", "this program leaves no core file")
            : .warning("core_files", "this program could leave a core file", next: "ulimit -c 0")
    }

    private var swaps: [Finding] {
        guard let text = text("proc/swaps") else {
            return [.ok("swap", "what is swapped to cannot be told here: /proc/swaps cannot be read")]
        }
        // Name, kind, size, used, priority, below a heading.
        let open = text.split(separator: "\n").dropFirst().compactMap { line in
            line.split { $0 == " " || $0 == "\t" }.first.map(String.init)
        }.filter { !isEncrypted($0) }
        guard !open.isEmpty else { return [.ok("swap", "nothing is swapped to a disk in the clear")] }
        return open.map { name in
            .warning(
                "swap", "\(name) is not encrypted: what other programs hold of a password can be swapped there",
                next: "swapoff \(ShellWord(name)), or encrypt it")
        }
    }

    /// Memory, or below dm-crypt.
    private func isEncrypted(_ name: String) -> Bool {
        let device = FilePath(name).lastComponent?.string ?? ""
        if device.hasPrefix("zram") { return true }
        return text(FilePath("sys/block/\(device)/dm/uuid"))?.hasPrefix("CRYPT-") == true
    }

    private func text(_ path: FilePath) -> String? {
        guard let bytes = try? FileReading.systemFile(at: folder.pushing(path), limit: 1 << 16) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
