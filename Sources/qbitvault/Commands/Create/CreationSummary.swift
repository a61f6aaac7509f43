import TorrentCreation

/// How many sources ended how.
struct CreationTally: Hashable, Sendable {
    private(set) var made = 0
    private(set) var already = 0
    private(set) var failed = 0
    private var statuses: Set<ExitStatus> = []

    mutating func note(_ outcome: BatchOutcome) {
        switch outcome {
        case .made: made += 1
        case .already: already += 1
        case .failed(let error):
            failed += 1
            statuses.insert(Problem(creating: error).status)
        case .notTried: break
        }
    }

    /// The status that all sources ended with; nil where they did not end alike.
    var commonStatus: ExitStatus? { made + already == 0 && statuses.count == 1 ? statuses.first : nil }
}

/// How a run has ended.
struct CreationSummary: Encodable, CustomStringConvertible {
    let event = "summary"
    let made: Int
    let madeBefore: Int
    let failed: Int
    let notTried: Int
    let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case event, made, failed, seconds
        case madeBefore = "made_before"
        case notTried = "not_tried"
    }

    init(_ tally: CreationTally, of count: Int, in time: Duration) {
        made = tally.made
        madeBefore = tally.already
        failed = tally.failed
        notTried = count - tally.made - tally.already - tally.failed
        seconds = time.seconds
    }

    /// A timer that finds nothing new says nothing.
    var isWorthALine: Bool { made + failed + notTried > 0 }

    var description: String {
        let parts = [(made, "made"), (madeBefore, "made before"), (failed, "failed"), (notTried, "not tried")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.joined(separator: ", ") + " in \(seconds) s"
    }
}
