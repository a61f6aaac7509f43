/// Ctrl-C, SIGTERM and SIGHUP while servers are being talked to: the first ends the work in good order, a second at
/// once.
enum Interruption {
    /// Whether this task is one that the first signal cancels already.
    @TaskLocal private static var isWatched = false

    /// Runs `body` in a task that the first signal cancels; where it is called within such a task, in that one.
    ///
    /// - Throws: what `body` throws; where that is the interruption itself, with the status of the signal.
    static func cancelling<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        if isWatched { return try await body() }
        // Watched first: a signal that comes with the first request must not find the old effect.
        let watch = SignalWatch.shared
        let place = watch.enter()
        let task = Task { try await $isWatched.withValue(true) { try await body() } }
        watch.onSignal(at: place) { task.cancel() }
        defer { watch.leave(place) }
        do { return try await task.value } catch {
            // What had failed before the signal came keeps its own name.
            let problem = Problem(from: error)
            guard problem.status == .interrupted, let signal = watch.signal,
                let status = ExitStatus(rawValue: 128 + signal)
            else { throw error }
            throw Problem(status, problem.what, at: problem.place, next: problem.next)
        }
    }
}
