/// How many tasks may be put into a server's list, which all clients share.
///
/// A server holds 256 tasks. One that is full refuses (409) as long as none has finished, and otherwise throws
/// finished ones out, of whoever and without a word (observed): so it is never filled to the brim.
struct QueueRoom: Hashable, Sendable {
    /// Of one run, those included that have finished and are not fetched.
    static let ours = 16
    /// Tasks of all clients up to which one more is added.
    private(set) var ceiling = 256 - 8
    /// In the server's list when it was last looked at, and added since.
    private var there = 0

    /// - Parameter count: tasks in the list.
    mutating func noteList(of count: Int) { there = count }

    mutating func noteSubmission() { there += 1 }

    /// The server refused one more: it is set up to hold less than most.
    mutating func noteRefusal() {
        ceiling = min(ceiling, max(1, there - 1))
        there -= 1
    }

    /// Whether one more may be added.
    var admits: Bool { there < ceiling }

    /// Whether a server may come to throw out finished tasks soon, so that they are fetched before anything is added.
    var isScarce: Bool { there + 2 * Self.ours > ceiling }
}
