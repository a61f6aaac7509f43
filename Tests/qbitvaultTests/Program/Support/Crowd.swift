import Synchronization

/// How many callers several listeners have at the same time.
final class Crowd: Sendable {
    private struct State {
        var present: Set<Int32> = []
        var most = 0
    }

    private let state = Mutex(State())

    /// The most that were there at once. A caller that has hung up by then is not counted, although nobody may have
    /// noticed yet.
    var most: Int { state.withLock { $0.most } }

    func enter(_ caller: Int32) {
        state.withLock { state in
            state.present.insert(caller)
            state.most = max(state.most, state.present.count { !Loopback.isHungUp($0) })
        }
    }

    func leave(_ caller: Int32) { state.withLock { _ = $0.present.remove(caller) } }
}
