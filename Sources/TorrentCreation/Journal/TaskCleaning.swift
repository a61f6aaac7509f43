package import QBittorrentClient

extension CreationMemory {
    /// Deletes the tasks that runs which were killed have left on a server. Those of runs that live are not touched.
    ///
    /// - Returns: what was deleted, and what could not be.
    /// - Throws: `FileError` where nothing can be remembered, `ServerError` where the server does not say what it has.
    package func cleanUp(_ creator: TorrentCreator) async throws -> (deleted: Set<String>, left: Set<String>) {
        let memory = try RunMemory(self, among: try await creator.tasks())
        defer { memory.journal.close() }
        let ids = memory.inheritance.takeRest()
        let left = await CreatorCalls(creator: creator).delete(ids)
        memory.journal.noteDeleted(ids.subtracting(left))
        return (ids.subtracting(left), left)
    }
}
