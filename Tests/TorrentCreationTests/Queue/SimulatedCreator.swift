@testable import QBittorrentClient
@testable import TorrentCreation

/// A Torrent Creator without a clock or a network, for the order of events: one task at a time, first come first served;
/// when it is full it refuses, or throws out the task that has finished last, as real ones do (observed).
struct SimulatedCreator {
    struct Entry {
        let id: String
        let isOurs: Bool
        var status = CreatorTask.Status.queued
        /// Steps of work left.
        var work: Int
    }

    var capacity = 256
    var tasks: [Entry] = []
    private(set) var made = 0
    /// Finished tasks that were thrown out, of whoever.
    private(set) var evicted: [Entry] = []
    /// The most tasks of ours that were there at once.
    private(set) var mostOfOurs = 0

    mutating func add(isOurs: Bool, work: Int) -> Creation.Event {
        if tasks.count >= capacity {
            guard let place = tasks.lastIndex(where: { $0.status == .finished }) else { return .full }
            evicted.append(tasks.remove(at: place))
        }
        made += 1
        tasks.append(Entry(id: "\(isOurs ? "our" : "their")-\(made)", isOurs: isOurs, work: work))
        mostOfOurs = max(mostOfOurs, tasks.count { $0.isOurs })
        return .submitted(id: "\(isOurs ? "our" : "their")-\(made)")
    }

    mutating func delete(_ ids: Set<String>) { tasks.removeAll { ids.contains($0.id) } }

    /// One step of work on the first task that is not done.
    mutating func step() {
        guard let place = tasks.firstIndex(where: { $0.status != .finished }) else { return }
        tasks[place].status = .running
        tasks[place].work -= 1
        if tasks[place].work <= 0 { tasks[place].status = .finished }
    }

    var list: [CreatorTask] { tasks.map { .simulated($0.id, $0.status) } }
}

extension CreatorTask {
    static func simulated(_ id: String, _ status: Status, source: String = "", progress: Int? = nil) -> CreatorTask {
        CreatorTask(
            id: id, sourcePath: source, status: status, progress: progress, errorMessage: nil, format: nil,
            pieceSize: nil, isPrivate: nil, ignoresDotfiles: nil, comment: "", source: "", torrentFilePath: nil,
            trackers: [], urlSeeds: [], timeAdded: nil, timeStarted: nil, timeFinished: nil)
    }
}

/// Does what a queue asks for, on a simulated creator, with a clock of its own.
struct Simulation {
    var queue: CreationQueue
    var creator = SimulatedCreator()
    /// Sources that have not had their turn.
    var left: Int
    var work: Int = 1
    private(set) var time = Duration.zero
    private(set) var outcomes: [Int: BatchOutcome] = [:]
    private(set) var submissions = 0
    private(set) var lists = 0
    private var listAt: Duration?
    /// Happens before each list is answered.
    var disturb: (inout SimulatedCreator, Int) -> Void = { _, _ in }
    /// Lists that are answered with an error.
    var failList: (Int) -> CreationFault? = { _ in nil }

    init(_ sources: Int, limits: Creation.Limits = .init(), failsFast: Bool = false) {
        queue = CreationQueue(limits: limits, failsFast: failsFast)
        left = sources
    }

    /// Runs to the end; false where that is not reached.
    mutating func run(rounds: Int = 100_000, order: CheckedOrder) -> Bool {
        for _ in 0..<rounds {
            var isIdle = true
            for job in queue.jobs(at: time) {
                isIdle = false
                start(job, order)
            }
            note()
            if queue.isOver { return true }
            guard isIdle else { continue }
            guard let due = listAt else { return false }
            time = max(time, due)
            listAt = nil
            lists += 1
            disturb(&creator, lists)
            creator.step()
            queue.hear(.listed(failList(lists).map { .failure($0) } ?? .success(creator.list)), at: time)
        }
        return false
    }

    private mutating func note() {
        for case .ended(let index, _, let outcome) in queue.takeEvents() { outcomes[index] = outcome }
    }

    private mutating func start(_ job: QueueJob, _ order: CheckedOrder) {
        switch job {
        case .prepare:
            queue.hear(.prepared(left > 0 ? .order(order, inherited: nil) : nil), at: time)
            left -= 1
        case .submit(let index, _, _):
            submissions += 1
            queue.hear(.submitted(index, .success(creator.add(isOurs: true, work: work))), at: time)
        case .list(let delay): listAt = time + delay
        case .hurry: listAt = time
        case .take(let member, let id):
            guard creator.tasks.contains(where: { $0.id == id }) else {
                return queue.hear(.taken(member.index, .lost(.gone)), at: time)
            }
            creator.delete(member.tasks)
            queue.hear(.taken(member.index, .failed(SimulatedEnd())), at: time)
        case .drop(let index, let tasks):
            creator.delete(tasks)
            queue.hear(.dropped(index), at: time)
        }
    }
}

/// Stands for a torrent that was made: the queue does not look at it.
struct SimulatedEnd: Error {}
