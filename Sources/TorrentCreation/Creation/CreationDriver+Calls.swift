import QBittorrentClient

extension CreationDriver {
    func look(at id: String) async throws(CreationFault) -> Creation.Event {
        do throws(ServerError) {
            let task = try await creator.task(id)
            return switch task.status {
            case .queued, .other: .waiting
            case .running: .running(task.progress)
            case .finished: .finished
            case .failed: .failed((task.errorMessage ?? "").inOneLine)
            }
        } catch {
            if error.code == .notFound { return .gone }
            throw CreationFault(error)
        }
    }

    func fetch(_ id: String) async throws(CreationFault) -> (Creation.Event, [UInt8]) {
        do throws(ServerError) { return (.fetched, try await creator.torrentFile(id)) } catch {
            switch error.code {
            case .notFound: return (.gone, [])
            case .unfinished: return (.fileLost, [])
            default: throw CreationFault(error)
            }
        }
    }

    /// Takes place although the caller is cancelled. To delete twice does no harm, so a lost connection is tried again;
    /// a server that is silent is not waited for twice.
    func delete(_ tasks: Set<String>) async {
        let creator = creator
        for id in tasks {
            let isDeleted = await Task {
                for _ in 0..<2 {
                    do throws(ServerError) {
                        try await creator.deleteTask(id)
                        return true
                    } catch { if error.code == .transport(.timedOut) { return false } }
                }
                return false
            }.value
            if !isDeleted { report(.taskLeft(id: id)) }
        }
    }
}

extension String {
    /// Fit to be shown: what a server says is not to move a cursor.
    fileprivate var inOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
