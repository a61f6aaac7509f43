import QBittorrentClient

/// The order of events in a run of many sources: a value that hears what happened and names what is to be done.
///
/// It knows no clock, no network and no file system. Times are counted from the beginning of the run.
struct CreationQueue: Sendable {
    /// Why the run ends before all sources had their turn.
    enum Stop: Sendable {
        case cancelled
        /// One has failed, and that was to be the end.
        case failFast
        /// What every other source would meet as well.
        case failed(any Error)
    }

    let limits: Creation.Limits
    let failsFast: Bool
    var members: [Int: QueueMember] = [:]
    private(set) var stop: Stop?
    var room = QueueRoom()
    var movement = QueueMovement()
    /// Ids of all tasks that a list has told of, or that were made.
    var known: Set<String> = []
    /// When the last list came.
    var listedAt: Duration?
    /// The lists that were asked for.
    var lists = 0
    /// Lists in a row that a server, or a proxy before it, has answered with an error.
    var failedLists = 0
    /// Until when the list that was asked for is not sent; nil where none is on its way.
    var listDue: Duration?
    private var next = 0
    private var isPreparing = false
    private var isSupplyOver = false
    private var events: [BatchEvent] = []

    init(limits: Creation.Limits, failsFast: Bool = false) {
        self.limits = limits
        self.failsFast = failsFast
    }

    /// Whether nothing is left to be done.
    var isOver: Bool { (isSupplyOver || stop != nil) && members.isEmpty && !isPreparing }

    /// What is to be started now.
    mutating func jobs(at time: Duration) -> [QueueJob] {
        var jobs = membersJobs(at: time)
        if stop == nil, !isSupplyOver, !isPreparing, members.count < QueueRoom.ours {
            isPreparing = true
            jobs.append(.prepare)
        }
        if let list = list(at: time) { jobs.append(list) }
        return jobs
    }

    /// What is to be told by now.
    mutating func takeEvents() -> [BatchEvent] {
        defer { events = [] }
        return events
    }

    mutating func hear(_ news: QueueNews, at time: Duration) {
        switch news {
        case .prepared(let preparation):
            isPreparing = false
            prepare(preparation, at: time)
        case .submitted(let index, let result): hearSubmitted(index, result, at: time)
        case .listed(let result): hearListed(result, at: time)
        case .taken(let index, .lost(let event)): hear(event, of: index, at: time)
        case .taken(let index, .made(let torrent)): end(index, .made(torrent))
        case .taken(let index, .failed(let error)):
            end(index, .failed(error))
            if let reason = (error as? CreationError)?.endOfAll { end(by: .failed(reason)) }
        case .dropped(let index): end(index, members[index]?.outcome ?? .notTried)
        }
    }

    private mutating func prepare(_ preparation: Preparation?, at time: Duration) {
        switch preparation {
        case nil: isSupplyOver = true
        case .over(let source, let outcome)?:
            tell(.ended(next, source: source, outcome))
            if case .failed = outcome { noteFailure() }
            next += 1
        case .order(let checked, let inherited)?:
            let index = next
            next += 1
            members[index] = QueueMember(index, checked, limits, at: time)
            if let inherited { return hearSubmitted(index, .success(.submitted(id: inherited)), at: time) }
            if let longest = limits.inAll, time >= longest { fail(index, .creation(.tooLong(longest))) }
        }
    }

    /// Ends the run: what waits leaves, what is under way comes to its end.
    mutating func end(by stop: Stop) {
        if self.stop == nil { self.stop = stop }
    }

    mutating func tell(_ event: BatchEvent) { events.append(event) }

    private mutating func end(_ index: Int, _ outcome: BatchOutcome) {
        guard let member = members.removeValue(forKey: index) else { return }
        var outcome = outcome
        // The run says so once.
        if case .failed(let error) = outcome, (error as? CreationError)?.code == .cancelled { outcome = .notTried }
        tell(.ended(index, source: member.checked.order.source, outcome))
        if case .failed = outcome { noteFailure() }
    }

    private mutating func noteFailure() {
        if failsFast { end(by: .failFast) }
    }
}
