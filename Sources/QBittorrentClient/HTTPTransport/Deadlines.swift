import NIOCore
import Synchronization

/// The deadlines of all calls under way, and one timer for the first of them.
///
/// Not a sleeping task for each call: one that is cancelled keeps its memory until its time has come (measured: 740
/// bytes for each call, for two minutes).
final class Deadlines: Sendable {
    static let shared = Deadlines(on: HTTPTransport.loop.any())

    private struct Call {
        let deadline: NIODeadline
        let cancel: @Sendable () -> Void
    }

    private struct State {
        var calls: [Int: Call] = [:]
        var next = 0
        var timer: (deadline: NIODeadline, scheduled: Scheduled<Void>)?
    }

    private let loop: any EventLoop
    private let state = Mutex(State())

    init(on loop: any EventLoop) { self.loop = loop }

    /// Runs `cancel` when `limit` has passed. `end` must follow.
    func begin(_ limit: Duration, _ cancel: @escaping @Sendable () -> Void) -> Int {
        let deadline = NIODeadline.now() + TimeAmount(limit)
        return state.withLock { state in
            state.next += 1
            state.calls[state.next] = Call(deadline: deadline, cancel: cancel)
            // One that is set already is left to run: nearly always its call has ended by then, and it costs nothing.
            if state.timer.map({ deadline < $0.deadline }) ?? true { set(deadline, &state) }
            return state.next
        }
    }

    /// - Returns: whether the deadline had passed.
    func end(_ call: Int) -> Bool { state.withLock { $0.calls.removeValue(forKey: call) == nil } }

    private func set(_ deadline: NIODeadline, _ state: inout State) {
        state.timer?.scheduled.cancel()
        state.timer = (deadline, loop.scheduleTask(deadline: deadline) { [self] in pass(deadline) })
    }

    /// Cancels the calls whose time is over, and waits for the next deadline, where there is one.
    private func pass(_ deadline: NIODeadline) {
        let over = state.withLock { state in
            let over = state.calls.filter { $0.value.deadline <= deadline }
            for call in over.keys { state.calls[call] = nil }
            state.timer = nil
            if let first = state.calls.values.map(\.deadline).min() { set(first, &state) }
            return over.values.map(\.cancel)
        }
        for cancel in over { cancel() }
    }
}
