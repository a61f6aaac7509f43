import Glibc
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
        guard let spaces = SwapSpace.all(in: folder) else {
            return [.ok("swap", "what is swapped to cannot be told here: /proc/swaps cannot be read")]
        }
        let open = spaces.filter { !$0.isSafe }.map(\.path)
        guard !open.isEmpty else { return [.ok("swap", "nothing is swapped to a disk in the clear")] }
        return open.map { name in
            .warning(
                "swap", "\(name) is not encrypted: what other programs hold of a password can be swapped there",
                next: "swapoff \(ShellWord(name)), or encrypt it (crypttab(5), option swap)")
        }
    }
}
