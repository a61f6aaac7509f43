import QBittorrentClient
import SystemPackage

/// Something that the queue wants done. Jobs run beside one another.
enum QueueJob: Sendable {
    /// Look at the next source.
    case prepare
    case submit(Int, CreatorRequest, CheckedOrder)
    /// Ask for the list after so long.
    case list(after: Duration)
    /// Ask for it at once: the one that waits.
    case hurry
    /// Fetch, compare, save, seed, and delete the tasks, if all that is well.
    case take(QueueMember, id: String)
    /// Delete the tasks.
    case drop(Int, Set<String>)
}

/// How a job ended.
enum QueueNews: Sendable {
    case prepared(Preparation?)
    case submitted(Int, Result<Creation.Event, CreationFault>)
    case listed(Result<[CreatorTask], CreationFault>)
    case taken(Int, Taken)
    case dropped(Int)
}

/// A source that was looked at.
enum Preparation: Sendable {
    /// - inherited: a task that an earlier run had made for just this.
    case order(CheckedOrder, inherited: String?)
    case over(source: FilePath, BatchOutcome)
}

/// What became of a finished task.
enum Taken: Sendable {
    case made(CreatedTorrent)
    case failed(any Error)
    /// It was lost on the server.
    case lost(Creation.Event)
}
