import QBittorrentClient

/// Carries out what a `Creation` asks for, on a real server.
///
/// No task of its own is left on the server, however it ends, also when the caller is cancelled.
package struct CreationDriver: Sendable {
    /// What is told while it goes on.
    package enum Progress: Hashable, Sendable {
        case submitted(id: String)
        case waiting
        case running(percent: Int?)
        /// The server refused these parameters, and is asked once more without those that only tune.
        case withoutTuning
        /// The server lost the task, which is submitted once more.
        case submittedAgain
        /// The task could not be deleted.
        case taskLeft(id: String)
    }

    /// A torrent that the server made.
    struct Made {
        let file: [UInt8]
        /// What it was asked for in the end.
        let parameters: CreationParameters
    }

    let creator: TorrentCreator
    let limits: Creation.Limits
    let report: @Sendable (Progress) -> Void

    /// Has a torrent made and lends it to `use`. The task is deleted after that, so that what the server has made stays
    /// there until it is safe here.
    func make<R>(
        _ order: TorrentOrder, _ use: (Made) throws(CreationError) -> R
    ) async throws(CreationError) -> R {
        var tasks: Set<String> = []
        do throws(CreationError) {
            let made: Made
            do throws(CreationFault) { made = try await obtain(order, &tasks) } catch { throw order.failure(error) }
            let result = try use(made)
            await delete(tasks)
            return result
        } catch {
            await delete(tasks)
            throw error
        }
    }

    /// - Parameter tasks: gets the id of every task that was made on the way.
    private func obtain(_ order: TorrentOrder, _ tasks: inout Set<String>) async throws(CreationFault) -> Made {
        let clock = ContinuousClock()
        let start = clock.now
        var parameters = order.parameters
        let plain = parameters.withoutTuning()
        var creation = Creation(limits: limits, isTuned: plain != parameters)
        var file: [UInt8] = []
        var action = creation.start
        while true {
            let event: Creation.Event
            switch action {
            case .submit(let tuned, let delay):
                try await pause(delay)
                parameters = tuned ? parameters : plain
                event = try await submit(CreatorRequest(order.mapping.there, parameters))
                if case .submitted(let id) = event { tasks.insert(id) }
            case .look(let id, let delay):
                try await pause(delay)
                event = try await look(at: id)
            case .fetch(let id): (event, file) = try await fetch(id)
            case .done: return Made(file: file, parameters: parameters)
            case .fail(let failure): throw .creation(failure)
            }
            action = creation.hear(event, at: clock.now - start)
            tell(event, next: action)
        }
    }

    private func pause(_ delay: Duration) async throws(CreationFault) {
        do { try await Task.sleep(for: delay) } catch { throw .cancelled }
    }

    private func tell(_ event: Creation.Event, next: Creation.Action) {
        switch (event, next) {
        case (.submitted(let id), _): report(.submitted(id: id))
        case (.refused, .submit): report(.withoutTuning)
        case (.gone, .submit), (.fileLost, .submit): report(.submittedAgain)
        case (.running(let percent), _): report(.running(percent: percent))
        case (.waiting, _), (.full, _): report(.waiting)
        default: break
        }
    }
}

/// Why a creation ended without a torrent.
enum CreationFault: Error, Hashable {
    case server(ServerError)
    case creation(Creation.Failure)
    case cancelled

    init(_ error: ServerError) { self = error.code == .transport(.cancelled) ? .cancelled : .server(error) }
}
