/// What was found at one of several servers, or done there.
protocol ServerFinding: Encodable, Sendable {
    /// What stands above the columns of `cells`.
    static var columns: [String] { get }
    /// What people are shown of it, a cell for each column.
    var cells: [String] { get }
}

/// For programs alone, unless it says otherwise.
extension ServerFinding {
    static var columns: [String] { [] }
    var cells: [String] { [] }
}

/// What became of one of several servers.
struct ServerRow<Finding: Sendable>: Sendable {
    let serverName: String
    /// Where it is; nil where the configuration says nothing sound about that.
    let origin: String?
    let outcome: Result<Finding, Problem>

    var problem: Problem? {
        if case .failure(let problem) = outcome { problem } else { nil }
    }
}

extension ServerRow: Encodable where Finding: Encodable {
    private enum Keys: String, CodingKey { case serverName = "server_name", server }

    /// `{"server_name": …, "server": …}` with the fields of what was found, or with `"error": {…}`.
    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        try fields.encode(serverName, forKey: .serverName)
        try fields.encodeIfPresent(origin, forKey: .server)
        switch outcome {
        case .success(let finding): try finding.encode(to: encoder)
        case .failure(let problem): try problem.encode(to: encoder)
        }
    }
}

/// How it ended with all of them: the last row.
struct ServerTotals: Encodable, CustomStringConvertible, Sendable {
    let servers: Int
    let succeeded: Int
    let failed: Int
    /// Nil where none failed.
    let problem: Problem?

    private enum Keys: String, CodingKey { case servers, succeeded, failed }

    /// One that stands alone ends the run as it would without the others.
    init(_ rows: [ServerRow<some Sendable>]) {
        let failures = rows.compactMap { row in row.problem.map { (name: row.serverName, problem: $0) } }
        servers = rows.count
        failed = failures.count
        succeeded = servers - failed
        if let only = failures.first, servers == 1 {
            problem = only.problem
        } else {
            problem =
                failures.isEmpty
                ? nil
                : Problem(
                    .someFailed, "\(failed) of \(servers) servers failed.",
                    at: failures.map(\.name).joined(separator: ", "), next: "each one's row says why")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        try fields.encode(servers, forKey: .servers)
        try fields.encode(succeeded, forKey: .succeeded)
        try fields.encode(failed, forKey: .failed)
        try problem?.encode(to: encoder)
    }

    var description: String { "\(servers) \(servers == 1 ? "server" : "servers"): \(succeeded) fine, \(failed) failed" }
}
