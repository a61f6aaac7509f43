package import QBittorrentClient

/// Makes torrents on a server that a session is signed in to: create, fetch, verify, save, and only then seed.
package struct TorrentMaker: Sendable {
    /// What is not of one source.
    package struct Options: Sendable {
        package var limits = Creation.Limits()
        /// Whether the first source that fails ends the run.
        package var failsFast = false
        /// Whether what an earlier run has made is made again.
        package var makesAgain = false

        package init() {}
    }

    /// How a run ended.
    package enum Ending: Sendable {
        /// Every source had its turn.
        case complete
        case cancelled
        /// A source has failed.
        case failFast
        /// Something that every other source would meet as well: a `ServerError` or `CreationError`.
        case failed(any Error)
    }

    private let session: Session
    private let creator: TorrentCreator
    private let options: Options
    private let memory: CreationMemory?

    /// - Parameter memory: where it is remembered what was made, and what is on the server. Nil remembers nothing.
    /// - Throws: `ServerError.Code.tooOld` where the server has no Torrent Creator; nothing was changed then.
    package init(
        _ session: Session, _ options: Options = Options(), memory: CreationMemory? = nil
    ) async throws(ServerError) {
        self.session = session
        self.options = options
        self.memory = memory
        creator = try await TorrentCreator(session)
    }

    package init(_ session: Session, limits: Creation.Limits) async throws(ServerError) {
        var options = Options()
        options.limits = limits
        try await self.init(session, options)
    }

    /// Makes one torrent.
    package func make(
        _ checked: CheckedOrder, report: @escaping @Sendable (BatchEvent) -> Void = { _ in }
    ) async throws -> CreatedTorrent {
        let once = Once(checked)
        let ended = Once<BatchOutcome>(nil)
        _ = try await makeAll({ once.take().map { .checked($0) } }) { event in
            if case .ended(_, _, let outcome) = event { ended.put(outcome) }
            report(event)
        }
        switch ended.take() {
        case .made(let torrent): return torrent
        case .failed(let error): throw error
        case .already, .notTried, nil: throw checked.order.error(.cancelled)
        }
    }

    /// Makes one torrent for each source that `supply` has.
    ///
    /// - Parameter report: hears what happens, and of each source how it ended: in the order of the ends.
    /// - Throws: `FileError` where nothing can be remembered, `ServerError` where the server does not say what it has.
    package func makeAll(
        _ supply: @escaping Supply, report: @escaping @Sendable (BatchEvent) -> Void
    ) async throws -> Ending {
        let calls = CreatorCalls(creator: creator)
        var remembered: RunMemory?
        if let memory { remembered = try RunMemory(memory, among: try await settledTasks(memory)) }
        defer { remembered?.journal.close() }
        let taking = TorrentTaking(session: session, calls: calls, memory: remembered)
        let check = SourceCheck(creator, at: session.server, remembered, taking, makesAgain: options.makesAgain)
        let driver = QueueDriver(
            check: check, calls: calls, taking: taking, memory: remembered, supply: supply, report: report)
        let stop = await driver.run(CreationQueue(limits: options.limits, failsFast: options.failsFast))
        await taking.drop(remembered?.inheritance.takeRest() ?? []) { report(.taskLeft(id: $0)) }
        if let inheritance = remembered?.inheritance, inheritance.mayHaveLatecomers,
            let tasks = try? await creator.tasks()
        {
            await taking.drop(inheritance.latecomers(among: tasks)) { report(.taskLeft(id: $0)) }
        }
        return switch stop {
        case nil: .complete
        case .cancelled: .cancelled
        case .failFast: .failFast
        case .failed(let error): .failed(error)
        }
    }

    /// What the server has. Where a run was killed while it asked for a task, the server may still be busy with that.
    private func settledTasks(_ memory: CreationMemory) async throws -> [CreatorTask] {
        var tasks = try await creator.tasks()
        for delay in Self.looksForLateTasks where memory.isExpecting(tasks) {
            try await Task.sleep(for: delay)
            tasks = try await creator.tasks()
        }
        return tasks
    }

    private static let looksForLateTasks: [Duration] = [.milliseconds(50), .milliseconds(200)]
}
