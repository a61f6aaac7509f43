import QBittorrentClient

extension CreationDriver {
    /// Submits, and always learns the id: the call is not cancelled halfway, and a lost answer is looked up.
    func submit(_ there: String, _ parameters: CreationParameters) async throws(CreationFault) -> Creation.Event {
        let request = CreatorRequest(there, parameters)
        let creator = creator
        let known: Set<String>
        do throws(ServerError) { known = Set(try await creator.tasks().map(\.id)) } catch { throw CreationFault(error) }
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
            case .transport(let problem) where !problem.nothingWasSent:
                guard let id = await lostTask(of: request, notAmong: known) else { throw CreationFault(error) }
                return .submitted(id: id)
            default: throw CreationFault(error)
            }
        }
    }

    /// The task that the server made although its answer never came.
    private func lostTask(of request: CreatorRequest, notAmong known: Set<String>) async -> String? {
        let creator = creator
        let tasks = await Task { (try? await creator.tasks()) ?? [] }.value
        return tasks.first { !known.contains($0.id) && $0.isMade(from: request) }?.id
    }

    func look(at id: String) async throws(CreationFault) -> Creation.Event {
        do throws(ServerError) {
            let task = try await creator.task(id)
            return switch task.status {
            case .queued, .other: .waiting
            case .running: .running(task.progress)
            case .finished: .finished
            case .failed: .failed(task.errorMessage ?? "")
            }
        } catch {
            if error.code == .notFound { return .gone }
            throw CreationFault(error)
        }
    }

    func fetch(_ id: String) async throws(CreationFault) -> (Creation.Event, [UInt8]) {
        do throws(ServerError) { return (.fetched, try await creator.torrentFile(id)) } catch {
            if error.code == .notFound { return (.gone, []) }
            throw CreationFault(error)
        }
    }
}

extension CreationFault {
    init(_ error: ServerError) { self = error.code == .transport(.cancelled) ? .cancelled : .server(error) }
}

extension CreatorRequest {
    /// Nothing is announced before the torrent is known to be right: it never starts seeding by itself.
    init(_ there: String, _ parameters: CreationParameters) {
        self.init(sourcePath: there)
        format = Format(rawValue: parameters.format.rawValue)
        pieceSize = parameters.pieceSize ?? 0
        isPrivate = parameters.isPrivate
        comment = parameters.comment
        source = parameters.source
        trackers = parameters.trackers
        urlSeeds = parameters.webSeeds
        startSeeding = false
        ignoresDotfiles = parameters.ignoreDotfiles
        optimizesAlignment = parameters.optimizeAlignment
        paddedFileSizeLimit = parameters.paddedFileSizeLimit
    }
}

extension CreatorTask {
    fileprivate func isMade(from request: CreatorRequest) -> Bool {
        sourcePath == request.sourcePath && isPrivate == request.isPrivate && comment == request.comment
            && source == request.source
    }
}
