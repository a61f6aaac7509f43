import QBittorrentClient
import SecureFiles

extension CreationQueue {
    mutating func hearSubmitted(_ index: Int, _ result: Result<Creation.Event, CreationFault>, at time: Duration) {
        switch result {
        case .failure(let fault): fail(index, fault)
        case .success(let event):
            if case .submitted(let id) = event {
                members[index]?.tasks.insert(id)
                known.insert(id)
                members[index].map {
                    tell(.queued(index, source: $0.checked.order.source, id: id, size: $0.checked.size))
                }
            }
            if event == .full { room.noteRefusal() }
            hear(event, of: index, at: time)
        }
    }

    mutating func hearListed(_ result: Result<[CreatorTask], CreationFault>, at time: Duration) {
        listDue = nil
        switch result {
        case .failure(let fault):
            failedLists += 1
            if fault.mayPass, failedLists < Self.mostFailedLists { return lookLater(at: time) }
            // Nothing can be known of any source.
            for (index, member) in members where member.isWaiting { fail(index, fault) }
        case .success(let tasks):
            failedLists = 0
            note(tasks, at: time)
        }
    }

    /// A proxy that hiccups must not cost a whole run.
    private static let mostFailedLists = 5

    private mutating func lookLater(at time: Duration) {
        let next = time + .milliseconds(500) * failedLists
        for (index, member) in members {
            switch member.step {
            case .watching(let id, let from, let list):
                members[index]?.step = .watching(id: id, from: max(from, next), list: list)
            case .ready(let from): members[index]?.step = .ready(from: max(from, next))
            default: break
            }
        }
    }

    private mutating func note(_ tasks: [CreatorTask], at time: Duration) {
        listedAt = time
        room.noteList(of: tasks.count)
        let ours = Set(members.values.flatMap(\.tasks))
        known = Set(tasks.map(\.id)).union(ours)
        let obstacle = QueueObstacle(tasks, ours: ours)
        let moves = movement.note(tasks)
        for (index, member) in members.sorted(by: { $0.key < $1.key }) {
            if moves { members[index]?.creation.noteMovement(at: time) }
            members[index]?.obstacle = obstacle
            switch member.step {
            case .watching(let id, _, let list):
                let task = tasks.first { $0.id == id }
                // A list that was on its way before the task was made need not have it.
                if task == nil, lists <= list { continue }
                hear(Creation.Event(task), of: index, at: time)
            case .ready(let from) where from <= time && !room.admits:
                tell(.held(index, obstacle))
                hear(.full, of: index, at: time)
            default: break
            }
        }
    }

    mutating func hear(_ event: Creation.Event, of index: Int, at time: Duration) {
        guard let action = members[index]?.creation.hear(event, at: time) else { return }
        tell(event, of: index, next: action)
        switch action {
        case .submit(let tuned, let delay):
            if !tuned { members[index].map { members[index]?.parameters = $0.parameters.withoutTuning() } }
            members[index]?.step = .ready(from: time + delay)
        case .look(let id, let delay): members[index]?.step = .watching(id: id, from: time + delay, list: lists)
        case .fetch(let id): members[index]?.step = .finished(id: id)
        case .done: break
        case .fail(let failure): fail(index, .creation(failure))
        }
    }

    private mutating func tell(_ event: Creation.Event, of index: Int, next: Creation.Action) {
        switch (event, next) {
        case (.refused, .submit): tell(.withoutTuning(index))
        case (.gone, .submit), (.fileLost, .submit): tell(.submittedAgain(index))
        case (.running(let percent), _): tell(.running(index, percent: percent))
        default: break
        }
    }

    /// Submits nothing: it cannot be written down.
    mutating func refuse(_ jobs: [QueueJob], because problem: FileError) {
        for case .submit(let index, _, let checked) in jobs { giveUp(index, checked.order.error(.journal(problem))) }
        end(by: .failed(problem))
    }

    private mutating func giveUp(_ index: Int, _ error: CreationError) {
        members[index]?.outcome = .failed(error)
        members[index]?.step = .over
    }

    mutating func fail(_ index: Int, _ fault: CreationFault) {
        guard let member = members[index] else { return }
        var error = member.checked.order.failure(fault)
        if fault.isOfTheQueue { error.obstacle = member.obstacle }
        giveUp(index, error)
        switch fault {
        case .cancelled: end(by: .cancelled)
        case .creation(.queueFull): end(by: .failed(error))
        case .server(let problem) where problem.concernsAllSources: end(by: .failed(problem))
        case .creation, .server: break
        }
    }
}

extension CreationFault {
    /// Whether the same may be answered otherwise a moment later.
    fileprivate var mayPass: Bool {
        guard case .server(let error) = self, case .answered(let status, _) = error.code else { return false }
        return status >= 500 || status == 429
    }

    /// Whether the reason may lie with what else the server has to do.
    fileprivate var isOfTheQueue: Bool {
        switch self {
        case .creation(.queueFull), .creation(.noProgress): true
        default: false
        }
    }
}

extension ServerError {
    /// Whether the next source would meet the same: everything but an answer about this one.
    var concernsAllSources: Bool {
        switch code {
        // The last is what a name with a line break does to the answer of 5.3.0 (observed).
        case .answered, .notFound, .unfinished, .full, .torrentRefused, .transport(.notHTTP): false
        default: true
        }
    }
}
