import CLinux
import Glibc
import Secrets

/// What this process forbids itself before it touches a secret.
enum Hardening {
    /// No core file, not traceable. The hard limit stays, for whatever `exec` starts.
    static func apply() {
        var limit = rlimit()
        if unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 {
            limit.rlim_cur = 0
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        }
        _ = linux_forbid_tracing()
    }

    /// A sentence where secrets could be swapped to disk; nil where memory can be locked.
    static var warning: String? {
        Sodium.canLockMemory()
            ? nil : "memory cannot be locked here (ulimit -l), so a secret could be swapped to disk"
    }
}
