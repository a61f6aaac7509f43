package import QBittorrentClient

/// Carries out what a `Creation` asks for, on a real server.
///
/// The task is deleted however this ends, also when the caller is cancelled.
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
    }

    let creator: TorrentCreator
    let limits: Creation.Limits
    let report: @Sendable (Progress) -> Void

    package init(
        _ creator: TorrentCreator, limits: Creation.Limits, report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.creator = creator
        self.limits = limits
        self.report = report
    }

    /// The bytes of the torrent that the server made of `there`.
    package func make(
        _ there: String, _ parameters: CreationParameters
    ) async throws(CreationFault) -> [UInt8] {
        let clock = ContinuousClock()
        let start = clock.now
        var creation = Creation(limits: limits, isTuned: parameters.withoutTuning() != parameters)
        var tasks = Set<String>()
        var file: [UInt8] = []
        var action = creation.start
        while true {
            do throws(CreationFault) {
                let event: Creation.Event
                switch action {
                case .submit(let tuned, let delay):
                    try await pause(delay)
                    event = try await submit(there, tuned ? parameters : parameters.withoutTuning())
                    if case .submitted(let id) = event { tasks.insert(id) }
                case .look(let id, let delay):
                    try await pause(delay)
                    event = try await look(at: id)
                case .fetch(let id): (event, file) = try await fetch(id)
                case .done:
                    await delete(tasks)
                    return file
                case .fail(let failure, _): throw .creation(failure)
                }
                action = creation.hear(event, at: clock.now - start)
                tell(event, next: action)
            } catch {
                await delete(tasks)
                throw error
            }
        }
    }

    /// Shielded from cancellation: a task that is being deleted must be, and a session waits for it.
    private func delete(_ tasks: Set<String>) async {
        let creator = creator
        await Task { for id in tasks { try? await creator.deleteTask(id) } }.value
    }

    private func pause(_ delay: Duration) async throws(CreationFault) {
        do { try await Task.sleep(for: delay) } catch { throw .cancelled }
    }

    private func tell(_ event: Creation.Event, next: Creation.Action) {
        switch (event, next) {
        case (.submitted(let id), _): report(.submitted(id: id))
        case (.refused, .submit): report(.withoutTuning)
        case (.gone, .submit): report(.submittedAgain)
        case (.running(let percent), _): report(.running(percent: percent))
        case (.waiting, _), (.full, _): report(.waiting)
        default: break
        }
    }
}

/// Why a creation ended without a torrent.
package enum CreationFault: Error, Hashable {
    case server(ServerError)
    case creation(Creation.Failure)
    case cancelled
}
