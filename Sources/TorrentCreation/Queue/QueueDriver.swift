import QBittorrentClient
import SecureFiles

/// Does what a `CreationQueue` asks for, on a real server.
///
/// No task of its own is left on the server, however it ends, also when the caller is cancelled.
struct QueueDriver: Sendable {
    let check: SourceCheck
    let calls: CreatorCalls
    let taking: TorrentTaking
    let memory: RunMemory?
    let supply: Supply
    let report: @Sendable (BatchEvent) -> Void

    /// - Returns: why it has ended before all sources had their turn, if it has.
    func run(_ start: CreationQueue) async -> CreationQueue.Stop? {
        let clock = ContinuousClock()
        let beginning = clock.now
        return await withTaskGroup(of: QueueNews.self) { group in
            var queue = start
            var intents = IntentNumbers()
            var sleep: Task<Void, Never>?
            while true {
                if Task.isCancelled { queue.end(by: .cancelled) }
                var jobs = queue.jobs(at: clock.now - beginning)
                var isRefused = false
                do throws(FileError) { try memory?.intend(jobs, known: queue.known, &intents) } catch {
                    queue.refuse(jobs, because: error)
                    jobs.removeAll { if case .submit = $0 { true } else { false } }
                    isRefused = true
                }
                for job in jobs { begin(job, queue.known, &group, &sleep) }
                for event in queue.takeEvents() { report(event) }
                // Those that were refused have to leave before anything is waited for.
                if isRefused { continue }
                guard !queue.isOver, let news = await group.next() else { break }
                memory?.note(news, intents)
                queue.hear(news, at: clock.now - beginning)
            }
            group.cancelAll()
            return queue.stop
        }
    }

    private func begin(
        _ job: QueueJob, _ known: Set<String>, _ group: inout TaskGroup<QueueNews>, _ sleep: inout Task<Void, Never>?
    ) {
        switch job {
        case .prepare: group.addTask { .prepared(await check.prepare(await supply())) }
        case .submit(let index, let request, _):
            group.addTask {
                .submitted(
                    index, await result { () throws(CreationFault) in try await calls.submit(request, known: known) })
            }
        case .list(let delay):
            let pause = Task { _ = try? await Task.sleep(for: delay) }
            sleep = pause
            group.addTask {
                await withTaskCancellationHandler {
                    await pause.value
                } onCancel: {
                    pause.cancel()
                }
                return .listed(await result { () throws(CreationFault) in try await calls.list() })
            }
        case .hurry: sleep?.cancel()
        case .take(let member, let id):
            group.addTask { .taken(member.index, await taking.take(member, id) { report(.taskLeft(id: $0)) }) }
        case .drop(let index, let tasks):
            group.addTask {
                await taking.drop(tasks) { report(.taskLeft(id: $0)) }
                return .dropped(index)
            }
        }
    }

    private func result<R>(
        _ body: () async throws(CreationFault) -> R
    ) async -> Result<R, CreationFault> {
        do throws(CreationFault) { return .success(try await body()) } catch { return .failure(error) }
    }
}
