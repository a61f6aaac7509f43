package import SystemPackage

/// What is told of sources while they are worked on. An index counts the sources from 0, as they were given.
package enum BatchEvent: Sendable {
    /// Found in order, and given to the server as this task.
    /// - size: of its files, in bytes; nil where they cannot be seen.
    case queued(Int, source: FilePath, id: String, size: Int64?)
    /// The server is at it; percent where it says so.
    case running(Int, percent: Int?)
    /// The server refused these parameters, and is asked once more without those that only tune.
    case withoutTuning(Int)
    /// The server lost the task, which is submitted once more.
    case submittedAgain(Int)
    /// A task that could not be deleted.
    case taskLeft(id: String)
    /// The list is as full as it may be, by others; submitting waits.
    case held(Int, QueueObstacle)
    case ended(Int, source: FilePath, BatchOutcome)
}

/// How it ended with one source.
package enum BatchOutcome: Sendable {
    case made(CreatedTorrent)
    /// The torrent was made by an earlier run, and is still right.
    case already(MadeTorrent)
    case failed(any Error)
    /// The run ended before its turn came.
    case notTried
}
