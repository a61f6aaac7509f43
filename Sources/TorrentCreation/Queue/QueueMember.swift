import QBittorrentClient

/// A source whose turn has come: checked, and on its way through the server.
struct QueueMember: Sendable {
    /// Counted from 0, as the sources were given.
    let index: Int
    let checked: CheckedOrder
    /// What it is asked for now.
    var parameters: CreationParameters
    var creation: Creation
    var step: Step
    /// The id of every task that was made for it.
    var tasks: Set<String> = []
    /// What it waits behind, where it does.
    var obstacle: QueueObstacle?
    /// How it ended, once it has.
    var outcome: BatchOutcome?

    enum Step: Hashable, Sendable {
        /// To be submitted from that time on.
        case ready(from: Duration)
        case submitting
        /// In the server's list; looked for there from that time on, in lists that were asked for after `list`.
        case watching(id: String, from: Duration, list: Int)
        /// Made by the server, to be fetched.
        case finished(id: String)
        /// Being fetched, compared and saved.
        case taking(id: String)
        /// Given up; its tasks are to be deleted.
        case over
        /// They are being deleted.
        case leaving
    }

    init(_ index: Int, _ checked: CheckedOrder, _ limits: Creation.Limits, at time: Duration) {
        self.index = index
        self.checked = checked
        parameters = checked.order.parameters
        let isTuned = parameters.withoutTuning() != parameters
        creation = Creation(limits: limits, isTuned: isTuned, at: time)
        step = .ready(from: time)
    }

    /// Whether nothing is being done for it that has to come to its end.
    var isWaiting: Bool {
        switch step {
        case .ready, .watching, .finished: true
        case .submitting, .taking, .over, .leaving: false
        }
    }

    /// Whether the server has made its torrent, and could throw it out before it is fetched.
    var isAtServersMercy: Bool {
        switch step {
        case .finished, .taking: true
        default: false
        }
    }

    var request: CreatorRequest { CreatorRequest(checked.order.mapping.there, parameters) }
}
