import ArgumentParser
import Synchronization

extension Context {
    /// Runs `body` for every server, and tells a row for each and the totals. Programs get each row as soon as it is
    /// there, one object a line; people get a table at the end, and meanwhile what went wrong.
    ///
    /// - Throws: `ExitCode` once all is told and some have failed.
    func reportEachServer<Finding: ServerFinding>(
        _ body: @escaping @Sendable (Context) async throws -> Finding
    ) async throws {
        let (output, told, outcomes) = (world.output, Told<Finding>(), Told<Nothing>())
        do {
            try await forEachServer(body) { row in
                // Programs have it now, and it may be large.
                if !output.isJSON { told.append(row) }
                outcomes.append(row.outcomeAlone)
                try output.document(row)
                if let problem = row.problem { output.complain(problem.labelled(row.serverName)) }
            }
        } catch {
            // What was done by then is worth telling.
            try? output.text(ServerTable.lines(told.rows))
            throw error
        }
        let totals = ServerTotals(outcomes.rows)
        try output.text(ServerTable.lines(told.rows))
        try output.result(totals)
        guard let problem = totals.problem else { return }
        if totals.servers > 1 { output.complain(problem) }
        throw ExitCode(problem.status.rawValue)
    }
}

/// What has been told.
private final class Told<Finding: Sendable>: Sendable {
    private let told = Mutex<[ServerRow<Finding>]>([])

    var rows: [ServerRow<Finding>] { told.withLock { $0 } }

    func append(_ row: ServerRow<Finding>) { told.withLock { $0.append(row) } }
}

/// In the place of what was found.
private struct Nothing: Sendable {}

extension ServerRow {
    fileprivate var outcomeAlone: ServerRow<Nothing> {
        ServerRow<Nothing>(serverName: serverName, origin: origin, outcome: outcome.map { _ in Nothing() })
    }
}
