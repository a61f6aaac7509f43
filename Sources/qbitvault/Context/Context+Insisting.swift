import QBittorrentClient

extension Context {
    /// Asks the person at the terminal whether credentials that are held back are to be sent all the same; no, where
    /// nobody may be asked, or several servers are worked on at once.
    func insisting(at server: Server) -> @Sendable (ServerError) async throws -> Bool {
        { error in
            let prompt = world.prompt
            guard prompt.isAllowed, !isOneOfSeveral else { return false }
            let left = try failuresUntilBan(at: server)
            let risk = left > 1 ? "\(left) more failures" : "the next failure"
            return try prompt.confirm(
                "\(Problem(error).what)\nSend them all the same? (\(risk) may ban this address)", usual: false)
        }
    }

    private func failuresUntilBan(at server: Server) throws -> Int {
        try LoginGuard(in: try world.folders.state).failuresUntilBan(at: server)
    }
}
