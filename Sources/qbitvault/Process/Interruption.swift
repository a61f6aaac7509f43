import CLinux
import Glibc
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP while a server is being talked to: the first ends the work in good order, a second at
/// once.
enum Interruption {
    /// Whether this task is one that the first signal cancels already. Signals are watched for once in a process.
    @TaskLocal private static var isWatched = false

    /// Runs `body` in a task that the first signal cancels; where it is called within such a task, in that one.
    ///
    /// - Throws: what `body` throws; where a signal came first, a `Problem` with that signal's status.
    static func cancelling<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        if isWatched { return try await body() }
        // Watched first: a signal that comes with the first request must not find the old effect.
        let descriptor = linux_watch_signals()
        let task = Task { try await $isWatched.withValue(true) { try await body() } }
        let watcher = Thread(descriptor) { task.cancel() }
        defer {
            linux_unwatch_signals()
            watcher.join()
        }
        do { return try await task.value } catch {
            guard let status = ExitStatus(rawValue: 128 + linux_watched_signal()) else { throw error }
            throw Problem(status, "Interrupted.")
        }
    }

    /// A thread that waits for the first signal, because a signal handler may do next to nothing.
    private struct Thread {
        private let thread: pthread_t

        init(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
            final class Box { let run: () -> Void; init(_ run: @escaping () -> Void) { self.run = run } }
            let box = Box {
                var byte: UInt8 = 0
                if unsafe read(descriptor, &byte, 1) == 1, byte != 0 { action() }
            }
            var thread = pthread_t()
            _ = unsafe pthread_create(
                &thread, nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                }, Unmanaged.passRetained(box).toOpaque())
            self.thread = thread
        }

        func join() { pthread_join(thread, nil) }
    }
}
