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
                guard let id = await lostTask(of: request, notAmong: known) else { throw CreationFault(error) }
                return .submitted(id: id)
            default: throw CreationFault(error)
            }
        }
    }

    /// The task that the server made although its answer never came. Where another client has made an equal one
    /// meanwhile, nobody can tell which is ours, and neither is touched.
    private func lostTask(of request: CreatorRequest, notAmong known: Set<String>) async -> String? {
        let creator = creator
        return await Task {
            for delay in Self.looksForLostTask {
                try? await Task.sleep(for: delay)
                guard let tasks = try? await creator.tasks() else { continue }
                let ours = tasks.filter { !known.contains($0.id) && $0.isMade(from: request) }
                if !ours.isEmpty { return ours.count == 1 ? ours.first?.id : nil }
            }
            return nil
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
