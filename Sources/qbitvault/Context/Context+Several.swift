import QBittorrentClient

extension Context {
    /// Runs `body` for every server, `pool_connections` of them at a time. One that fails has a row as well, and hides
    /// no other. A signal ends all of them in good order.
    ///
    /// - Parameter report: gets the rows in the order of the configuration, each one as soon as those before it are
    ///   there; after a signal, those that were done by then.
    func forEachServer<Finding: Sendable>(
        _ body: @escaping @Sendable (Context) async throws -> Finding,
        report: @escaping @Sendable (ServerRow<Finding>) throws -> Void
    ) async throws {
        let (names, limit) = (allServerNames, settings.qbittorrent.poolConnections)
        try await Interruption.cancelling {
            try await withThrowingTaskGroup(of: (Int, ServerRow<Finding>?).self) { group in
                var waiting = names.enumerated().makeIterator()
                var rows = [ServerRow<Finding>?](repeating: nil, count: names.count)
                var told = 0
                func startNext() {
                    guard !Task.isCancelled, let (index, name) = waiting.next() else { return }
                    group.addTask { (index, await row(of: name, body)) }
                }
                for _ in 0..<limit { startNext() }
                while let (index, row) = try await group.next() {
                    rows[index] = row
                    startNext()
                    while told < rows.count, let row = rows[told] {
                        try report(row)
                        rows[told] = nil
                        told += 1
                    }
                }
                for row in rows[told...].compactMap(\.self) { try report(row) }
                try Task.checkCancellation()
                if SignalWatch.shared.signal != nil { throw CancellationError() }
            }
        }
    }

    /// Nil for one that was interrupted.
    private func row<Finding: Sendable>(
        of name: String, _ body: @Sendable (Context) async throws -> Finding
    ) async -> ServerRow<Finding>? {
        var origin: String?
        do {
            let context = try aboutOneOfSeveral(name)
            origin = try context.server().origin
            return ServerRow(serverName: name, origin: origin, outcome: .success(try await body(context)))
        } catch {
            // The signal itself is looked at too: its word to this task may be on its way still.
            if Task.isCancelled || SignalWatch.shared.signal != nil { return nil }
            let problem = Problem(from: error).about(name)
            return ServerRow(serverName: name, origin: origin, outcome: .failure(problem))
        }
    }
}
