import QBittorrentClient

/// Calls over one session, so many at a time.
struct Calls {
    private let application: Application
    private let width: Int

    init(_ session: Session, at width: Int) {
        application = Application(session)
        self.width = width
    }

    /// - Returns: how long all of them took together.
    func make(_ count: Int) async throws -> Duration {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<width {
                group.addTask { [application, width] in
                    for _ in stride(from: place, to: count, by: width) { _ = try await application.version() }
                }
            }
            try await group.waitForAll()
        }
        return ContinuousClock.now - start
    }
}
