import CLinux
import Glibc
import Synchronization

/// Who wants to know of the first signal. Signals are watched for as long as anybody does.
final class SignalWatch: Sendable {
    static let shared = SignalWatch()

    private struct Watchers {
        var actions: [Int: @Sendable () -> Void] = [:]
        var next = 0
        var hasListener = false
    }

    private let watchers = Mutex(Watchers())

    /// The first signal since somebody began to watch.
    var signal: Int32? {
        let number = linux_watched_signal()
        return number == 0 ? nil : number
    }

    /// Begins to watch. `leave` must follow.
    func enter() -> Int {
        watchers.withLock { watchers in
            if watchers.actions.isEmpty { begin(&watchers) }
            watchers.next += 1
            watchers.actions[watchers.next] = {}
            return watchers.next
        }
    }

    /// Runs `action` at the first signal; at once where that has come.
    func onSignal(at place: Int, _ action: @escaping @Sendable () -> Void) {
        watchers.withLock { $0.actions[place] = action }
        if signal != nil { action() }
    }

    func leave(_ place: Int) {
        watchers.withLock { watchers in
            watchers.actions[place] = nil
            if watchers.actions.isEmpty { linux_unwatch_signals() }
        }
    }

    private func begin(_ watchers: inout Watchers) {
        let descriptor = linux_watch_signals()
        guard descriptor >= 0, !watchers.hasListener else { return }
        watchers.hasListener = Self.listen(on: descriptor) { [self] in
            // One that came when its watch was ending concerns nobody any longer.
            guard signal != nil else { return }
            for action in self.watchers.withLock({ $0.actions.values }) { action() }
        }
    }

    /// Starts a thread that waits for signals as long as the process runs, because a signal handler may do next to
    /// nothing. False when there is none.
    private static func listen(on descriptor: Int32, _ action: @escaping @Sendable () -> Void) -> Bool {
        final class Box { let run: () -> Void; init(_ run: @escaping () -> Void) { self.run = run } }
        let box = Box {
            var byte: UInt8 = 0
            while unsafe read(descriptor, &byte, 1) == 1 { action() }
        }
        let context = unsafe Unmanaged.passRetained(box)
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard failure == 0 else {
            unsafe context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
