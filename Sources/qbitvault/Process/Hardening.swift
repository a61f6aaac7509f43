import CLinux
import Glibc
import Secrets

/// What this process forbids itself before it touches a secret.
enum Hardening {
    /// No core file, not traceable, and no crash report: Swift's own would read this memory while a secret is in it.
    ///
    /// A program that is started later finds what the caller has left: that is noted first.
    static func apply() {
        linux_note_caller()
        var limit = rlimit()
        let core = __rlimit_resource_t(RLIMIT_CORE.rawValue)
        _ = unsafe getrlimit(core, &limit)
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
    }

    /// Ends a run that could open next to nothing: the runtime would wait for ever for a descriptor.
    static func needDescriptors() {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(files, &limit) == 0, limit.rlim_cur < enoughFiles else { return }
        let before = limit
        limit.rlim_cur = min(enoughFiles, limit.rlim_max)
        if limit.rlim_cur >= enoughFiles, unsafe setrlimit(files, &limit) == 0 { return }
        Output(isJSON: false, isQuiet: true).problem(
            Problem(
                .unexpected, "This process may open \(before.rlim_cur) files, and needs \(enoughFiles).",
                at: "ulimit -n",
                next: "raise the limit: ulimit -n 1024"))
        exit(ExitStatus.unexpected.rawValue)
    }

    private static let enoughFiles: rlim_t = 64

    /// A sentence where secrets could be swapped to disk; nil where memory can be locked.
    static var warning: String? {
        Sodium.canLockMemory()
            ? nil : "memory cannot be locked here (ulimit -l), so a secret could be swapped to disk"
    }
}
