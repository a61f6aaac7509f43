extension RealServer {
    /// One server for all tests that do not mind others: no settings, no bans, no restarts.
    ///
    /// It is started by the first who asks and runs until the test process ends.
    package static func shared(_ version: Version) async throws -> RealServer {
        try await SharedServers.all.server(version)
    }
}

private actor SharedServers {
    static let all = SharedServers()
    private var starting: [RealServer.Version: Task<RealServer, any Error>] = [:]

    func server(_ version: RealServer.Version) async throws -> RealServer {
        let task = starting[version] ?? Task { try await RealServer(version) }
        starting[version] = task
        return try await task.value
    }
}
