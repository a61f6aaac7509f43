/// Runs `body` so many times, and so many of them at once.
func inParallel<R: Sendable>(
    _ count: Int, atOnce limit: Int, _ body: @escaping @Sendable () async throws -> R
) async throws -> [R] {
    try await withThrowingTaskGroup(of: R.self) { group in
        for _ in 0..<min(limit, count) { group.addTask { try await body() } }
        var results: [R] = []
        while let result = try await group.next() {
            results.append(result)
            if results.count + limit <= count { group.addTask { try await body() } }
        }
        return results
    }
}
