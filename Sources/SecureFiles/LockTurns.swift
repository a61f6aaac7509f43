import Glibc
import Synchronization
import SystemPackage

/// Which lock this process had last. One that takes the same lock again at once would find it free before those who
/// wait have woken up, and they would wait for as long as it goes on.
enum LockTurns {
    private static let last = Mutex<(path: FilePath, released: ContinuousClock.Instant)?>(nil)

    static func noteRelease(of path: FilePath) { last.withLock { $0 = (path, .now) } }

    /// Steps back for a moment where this process has just had that lock.
    static func letOthersGoFirst(at path: FilePath) {
        let wasOurs = last.withLock { last in
            last.map { $0.path == path && $0.released.duration(to: .now) < .milliseconds(5) } ?? false
        }
        if wasOurs { usleep(2000) }
    }
}
