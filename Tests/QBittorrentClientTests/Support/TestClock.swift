import Synchronization

/// A wall clock that moves when a test says so.
final class TestClock: Sendable {
    private let seconds = Mutex(1_800_000_000)

    var now: Int { seconds.withLock { $0 } }

    func advance(by duration: Int) { seconds.withLock { $0 += duration } }
}
