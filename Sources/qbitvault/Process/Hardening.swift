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
        for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
            // What the caller has us ignore stays ignored.
            let before = signal(number, SIG_DFL)
            if unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                _ = signal(number, SIG_IGN)
            }
        }
        _ = signalMask
    }

    /// Gives back what a program that is started in our place would have found. Linux makes it traceable itself.
    static func restore() {
        var limit = coreLimit
        _ = unsafe setrlimit(core, &limit)
        // The threads that tasks run on block nearly all signals, and a program inherits that.
        var mask = signalMask
        _ = unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    }

    /// What the caller had blocked: the mask of the first thread, as this is read for the first time.
    private static let signalMask: sigset_t = {
        var mask = sigset_t()
        _ = unsafe pthread_sigmask(SIG_SETMASK, nil, &mask)
        return mask
    }()

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
