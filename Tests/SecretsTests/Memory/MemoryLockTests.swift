import Glibc
import Secrets
import Testing

/// Whether memory can be locked is asked of the system, in processes of their own: a limit stays for good.
@Suite struct MemoryLockTests {
    @Test func itIsNoticedThatNothingMayBeLocked() async {
        await #expect(processExitsWith: .exitCode(10)) {
            try forbidLocking()
            exit(Sodium.canLockMemory() ? 11 : 10)
        }
    }

    @Test func anOrdinaryProcessLocks() async {
        await #expect(processExitsWith: .exitCode(11)) { exit(Sodium.canLockMemory() ? 11 : 10) }
    }

    @Test func secretsAreMadeAllTheSame() async {
        await #expect(processExitsWith: .exitCode(42)) {
            try forbidLocking()
            exit(Int32(Secret(copying: [42]).withBytes { $0[0] }))
        }
    }
}

private struct SystemCallFailure: Error { let code = errno }

private func forbidLocking() throws {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    guard unsafe setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &none) == 0 else {
        throw SystemCallFailure()
    }
    // The limit binds nobody who has CAP_IPC_LOCK, as root does until it becomes another user.
    guard geteuid() != 0 || setuid(65_534) == 0 else { throw SystemCallFailure() }
}
