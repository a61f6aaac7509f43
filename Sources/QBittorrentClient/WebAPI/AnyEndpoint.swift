/// Calls of the Web API that this client knows nothing of.
package struct AnyEndpoint: Sendable {
    private let session: Session

    package init(_ session: Session) { self.session = session }

    /// Sends a request and returns the answer, errors of the server too.
    ///
    /// No call answers with a web page: one that comes with success, or for something that is not there, is a proxy's.
    package func answer(to request: Request) async throws(ServerError) -> Response {
        let answer = try await session.answer(to: request)
        if answer.isHTML, answer.isSuccess || answer.status == 404 {
            throw ServerError(.notQBittorrent(.html), at: session.server, request.endpoint)
        }
        return answer
    }

    /// Why a request was not carried out, judged by its answer. Nil where it was.
    package func failure(_ answer: Response, to request: Request) async throws(ServerError) -> ServerError? {
        if answer.isSuccess { return nil }
        if answer.status == 404, request.endpoint.hasPrefix("torrentcreator/") {
            let version = try await Application(session).webAPIVersion()
            if !Dialect(version).hasTorrentCreator {
                return ServerError(.tooOld(needs: Dialect.torrentCreator), at: session.server, request.endpoint)
            }
        }
        var error = ServerError(.unexpected(answer), at: session.server, request.endpoint)
        // A proxy answers so when it has lost a server that was at work, too.
        error.isInDoubt = request.method == .post && answer.status >= 500
        return error
    }
}
