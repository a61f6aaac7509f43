import QBittorrentClient

extension CreationQueue {
    /// What is to be done for the sources under way, in their order.
    mutating func membersJobs(at time: Duration) -> [QueueJob] {
        if let stop { for index in members.keys { leave(index, because: stop) } }
        let indices = members.keys.sorted()
        // What has finished is fetched before anything is added, where a server might throw it out.
        var mayAdd = isListFresh(at: time)
        if room.isScarce, members.values.contains(where: \.isAtServersMercy) { mayAdd = false }
        return indices.compactMap { job($0, mayAdd: mayAdd, at: time) }
    }

    private mutating func job(_ index: Int, mayAdd: Bool, at time: Duration) -> QueueJob? {
        guard let member = members[index] else { return nil }
        switch member.step {
        case .ready(let start) where mayAdd && start <= time && room.admits:
            room.noteSubmission()
            members[index]?.step = .submitting
            return .submit(index, member.request, member.checked)
        case .finished(let id):
            members[index]?.step = .taking(id: id)
            return .take(member, id: id)
        case .over:
            members[index]?.step = .leaving
            return .drop(index, member.tasks)
        default: return nil
        }
    }

    /// The list that is to be asked for next.
    mutating func list(at time: Duration) -> QueueJob? {
        guard let due = listNeeded(at: time) else { return nil }
        if let pending = listDue {
            guard due < pending else { return nil }
            // The one that waits is sent at once.
            listDue = time
            return .hurry
        }
        lists += 1
        listDue = max(due, time)
        return .list(after: max(due - time, .zero))
    }

    /// When somebody wants to see the list; nil where nobody does.
    private func listNeeded(at time: Duration) -> Duration? {
        members.values.compactMap { member -> Duration? in
            switch member.step {
            case .watching(_, let from, _): from
            // One whose time has not come needs somebody to wake it.
            case .ready(let from): from <= time && isListFresh(at: time) && room.admits ? nil : from
            default: nil
            }
        }.min()
    }

    /// Whether the last list tells what is there: tasks that are made between it and a submission are not known.
    private func isListFresh(at time: Duration) -> Bool { listedAt.map { time - $0 < .seconds(1) } ?? false }

    private mutating func leave(_ index: Int, because stop: Stop) {
        guard let member = members[index], member.isWaiting else { return }
        members[index]?.step = .over
        members[index]?.outcome =
            switch stop {
            case .cancelled: .failed(member.checked.order.error(.cancelled))
            case .failFast: .notTried
            case .failed(let error as ServerError): .failed(member.checked.order.error(.server(error)))
            case .failed(let error): .failed(error)
            }
    }
}
