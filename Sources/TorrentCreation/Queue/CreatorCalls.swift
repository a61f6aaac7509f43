import QBittorrentClient

/// Calls of the Torrent Creator, and what their answers mean for a `Creation`.
struct CreatorCalls: Sendable {
    let creator: TorrentCreator

    /// All tasks that the server has, of whoever.
    func list() async throws(CreationFault) -> [CreatorTask] {
        do throws(ServerError) { return try await creator.tasks() } catch { throw CreationFault(error) }
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
    ///
    /// - Returns: those that could not be deleted.
    func delete(_ tasks: Set<String>) async -> Set<String> {
        let creator = creator
        var left: Set<String> = []
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
            if !isDeleted { left.insert(id) }
        }
        return left
    }
}

extension Creation.Event {
    /// What a list says of a task; nil stands for a task that is not in it.
    init(_ task: CreatorTask?) {
        self =
            switch task?.status {
            case .queued?, .other?: .waiting
            case .running?: .running(task?.progress)
            case .finished?: .finished
            case .failed?: .failed((task?.errorMessage ?? "").inOneLine)
            case nil: .gone
            }
    }
}

extension String {
    /// Fit to be shown: what a server says is not to move a cursor.
    fileprivate var inOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
