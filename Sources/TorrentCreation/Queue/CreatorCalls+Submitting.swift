import QBittorrentClient

extension CreatorCalls {
    /// Submits, and learns the id whatever happens: the call is not cut off halfway, and where its answer is lost the
    /// task is looked for.
    ///
    /// - Parameter known: the tasks that were there a moment before.
    func submit(_ request: CreatorRequest, known: Set<String>) async throws(CreationFault) -> Creation.Event {
        let creator = creator
        let answer = await Task { () -> Result<String, ServerError> in
            do throws(ServerError) { return .success(try await creator.addTask(request)) } catch {
                return .failure(error)
            }
        }.value
        switch answer {
        case .success(let id): return .submitted(id: id)
        case .failure(let error):
            switch error.code {
            case .full: return .full
            case .answered(status: 400, _): return .refused
            case let code where code.mayHaveBeenCarriedOut:
                switch await lostTask(of: request, notAmong: known) {
                case .found(let id): return .submitted(id: id)
                // As if the server had been started again after it: it is not there, so it can be asked for once more.
                case .none: return .gone
                case .unclear: throw CreationFault(error)
                }
            default: throw CreationFault(error)
            }
        }
    }

    private enum LostTask: Sendable {
        case found(String)
        /// The server has no such task.
        case none
        /// The server does not say, or there are several, and nobody can tell which is ours.
        case unclear
    }

    /// The task that the server made although its answer never came. Where another client has made an equal one
    /// meanwhile, neither is touched.
    private func lostTask(of request: CreatorRequest, notAmong known: Set<String>) async -> LostTask {
        let creator = creator
        return await Task {
            var isSeen = false
            for delay in Self.looksForLostTask {
                try? await Task.sleep(for: delay)
                guard let tasks = try? await creator.tasks() else { continue }
                isSeen = true
                let ours = tasks.filter { !known.contains($0.id) && $0.isMade(from: request) }
                if let first = ours.first { return ours.count == 1 ? .found(first.id) : .unclear }
            }
            return isSeen ? .none : .unclear
        }.value
    }

    /// The server may still be busy with the request.
    private static let looksForLostTask: [Duration] = [.zero, .milliseconds(100), .milliseconds(500)]
}

extension ServerError.Code {
    /// Whether the server, or a proxy before it, may have acted before things went wrong.
    fileprivate var mayHaveBeenCarriedOut: Bool {
        switch self {
        case .transport(let problem): !problem.nothingWasSent
        case .answered(let status, _): status >= 500
        case .notQBittorrent: true
        default: false
        }
    }
}
