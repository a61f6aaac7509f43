import CLinux
import Glibc
import Secrets

/// What this process forbids itself before it touches a secret.
enum Hardening {
    /// No core file, not traceable, and no crash report: Swift's own would read this memory while a secret is in it.
    static func apply() {
        var limit = coreLimit
        limit.rlim_cur = 0
        _ = unsafe setrlimit(core, &limit)
        _ = linux_forbid_tracing()
        for signal in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
            _ = Glibc.signal(signal, SIG_DFL)
        }
    }

    /// Gives back what a program that is started in our place would have found. Linux makes it traceable itself.
    static func restore() {
        var limit = coreLimit
        _ = unsafe setrlimit(core, &limit)
    }

    private static let core = __rlimit_resource_t(RLIMIT_CORE.rawValue)

    private static let coreLimit: rlimit = {
        var limit = rlimit()
        _ = unsafe getrlimit(core, &limit)
        return limit
    }()

    /// A sentence where secrets could be swapped to disk; nil where memory can be locked.
    static var warning: String? {
        Sodium.canLockMemory()
            ? nil : "memory cannot be locked here (ulimit -l), so a secret could be swapped to disk"
    }
}
