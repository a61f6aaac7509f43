/// The server's Torrent Creator, from Web API 2.11.2 (qBittorrent 5.0) on. Tasks belong to nobody: every session sees all.
package struct TorrentCreator: Sendable {
    package let dialect: Dialect
    /// The server's libtorrent, such as `2.0.11.0`.
    package let libtorrent: String
    private let session: Session

    /// Asks the server what it is.
    ///
    /// - Throws: `ServerError.Code.tooOld` where there is no Torrent Creator, before anything is changed.
    package init(_ session: Session) async throws(ServerError) {
        let application = Application(session)
        dialect = Dialect(try await application.webAPIVersion())
        guard dialect.hasTorrentCreator else {
            throw ServerError(.tooOld(needs: Dialect.torrentCreator), at: session.server, "torrentcreator/addTask")
        }
        libtorrent = try await application.buildInfo().libtorrent
        self.session = session
    }

    /// Adds a task and returns its id. The server looks at the source later: a wrong path fails the task, not this.
    ///
    /// - Throws: `ServerError.Code.full` when the server takes no more tasks now.
    package func addTask(_ request: CreatorRequest) async throws(ServerError) -> String {
        let form = FormBody(request.fields(in: dialect, libtorrent: libtorrent))
        do throws(ServerError) {
            return try await session.decoded(Added.self, from: .post("torrentcreator/addTask", form)).taskID
        } catch { throw error.conflict(as: .full) }
    }

    /// All tasks, of all clients, in no reliable order.
    package func tasks() async throws(ServerError) -> [CreatorTask] {
        try await session.decoded([CreatorTask].self, from: .get("torrentcreator/status"))
    }

    /// - Throws: `ServerError.Code.notFound` when it is gone: deleted, pushed out by others, or the server restarted.
    package func task(_ id: String) async throws(ServerError) -> CreatorTask {
        let request = Request.get("torrentcreator/status", query: [Field("taskID", id)])
        let tasks = try await session.decoded([CreatorTask].self, from: request)
        guard let task = tasks.first(where: { $0.id == id }) else {
            throw ServerError(.notFound, at: session.server, request.endpoint)
        }
        return task
    }

    /// The .torrent file that a finished task has made.
    ///
    /// - Throws: `ServerError.Code.unfinished` when there is none: the task still runs, has failed, or its file was lost.
    ///   The last is how a finished task ends when another server on that machine, with the same folder for temporary
    ///   files, starts or stops (observed).
    package func torrentFile(_ id: String) async throws(ServerError) -> [UInt8] {
        var request = Request.get("torrentcreator/torrentFile", query: [Field("taskID", id)])
        request.answerLimit = 64 << 20
        do throws(ServerError) { return try await session.accepted(request).body } catch {
            throw error.conflict(as: .unfinished)
        }
    }

    /// Deletes a task, and stops it when it runs. One that is gone already is as good as deleted.
    package func deleteTask(_ id: String) async throws(ServerError) {
        let request = Request.post("torrentcreator/deleteTask", FormBody([Field("taskID", id)]))
        do throws(ServerError) { _ = try await session.accepted(request) } catch {
            guard error.code == .notFound else { throw error }
        }
    }

    private struct Added: Decodable, Sendable { let taskID: String }
}

extension ServerError {
    /// The same error, or `code` where the server has answered 409.
    fileprivate func conflict(as code: Code) -> ServerError {
        guard case .answered(409, _) = self.code else { return self }
        return ServerError(code, at: server, endpoint)
    }
}
