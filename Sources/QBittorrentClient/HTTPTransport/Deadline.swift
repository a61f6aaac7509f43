/// Ends `body` by cancellation, and throws `DeadlinePassed`, when it takes longer than `limit`.
func within<R: Sendable>(
    _ limit: Duration,
    _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
    let task = Task { try await body() }
    let deadline = Deadlines.shared.begin(limit) { task.cancel() }
    let result = await withTaskCancellationHandler {
        await task.result
    } onCancel: {
        task.cancel()
    }
    let isOver = Deadlines.shared.end(deadline)
    do { return try result.get() } catch { throw isOver ? DeadlinePassed() : error }
}

struct DeadlinePassed: Error {}
