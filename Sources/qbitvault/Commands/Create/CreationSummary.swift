import SystemPackage
import TorrentCreation

/// How many sources ended how.
struct CreationTally: Sendable {
    private(set) var made = 0
    private(set) var already = 0
    private(set) var failed = 0
    /// Of what was made, in bytes.
    private(set) var size: Int64 = 0
    /// The first that failed, and why.
    private(set) var failures: [(source: String, problem: Problem)] = []
    /// The first that were made, for a table.
    private(set) var rows: [MadeRow] = []
    private var statuses: Set<ExitStatus> = []

    /// So many are named at the end.
    static let fewFailures = 20

    /// So many have a row at the end.
    static let mostRows = 50

    mutating func note(_ source: String, _ outcome: BatchOutcome, _ time: Duration) {
        switch outcome {
        case .made(let torrent):
            made += 1
            size += torrent.metainfo.totalSize
            if rows.count < Self.mostRows { rows.append(MadeRow(torrent, in: time)) }
        case .already: already += 1
        case .failed(let error):
            failed += 1
            let problem = Problem(creating: error)
            statuses.insert(problem.status)
            if failures.count < Self.fewFailures { failures.append((source, problem)) }
        case .notTried: break
        }
    }

    /// The status that all sources ended with; nil where they did not end alike.
    var commonStatus: ExitStatus? { made + already == 0 && statuses.count == 1 ? statuses.first : nil }
}

/// A torrent that was made, in a table.
struct MadeRow: Hashable, Sendable {
    let cells: [String]

    static let head = ["TORRENT", "SIZE", "PIECES", "TIME", "INFO-HASH"]

    init(_ torrent: CreatedTorrent, in time: Duration) {
        let metainfo = torrent.metainfo
        let hash = (metainfo.infoHashV1 ?? metainfo.infoHashV2)?.description.prefix(12) ?? ""
        cells = [
            (torrent.path.lastComponent?.string ?? "").onScreen.cut(toColumns: 40), Amount.bytes(metainfo.totalSize),
            "\(metainfo.pieceCount) x \(PieceSize.text(for: metainfo.pieceLength))", Amount.time(time), "\(hash)…",
        ]
    }

    /// In columns, with the head above.
    static func lines(_ rows: [MadeRow]) -> [String] {
        let table = [head] + rows.map(\.cells)
        let widths = head.indices.map { column in table.map { $0[column].displayWidth }.max() ?? 0 }
        return table.map { cells in
            zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.displayWidth)) }
                .joined(separator: "  ").trimmed
        }
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}

/// How a run has ended.
struct CreationSummary: Encodable {
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

    /// A row for each way to end, and one for each of the first sources that failed.
    ///
    /// - Parameter showsEach: whether a table of what was made stands before.
    func lines(_ tally: CreationTally, in time: Duration, showsEach: Bool) -> [String] {
        let rate = tally.size > 0 && time > .zero ? Int64(Double(tally.size) / (time / .seconds(1))) : 0
        let done =
            "\(Amount.bytes(tally.size)) in \(Amount.time(time))" + (rate > 0 ? ", \(Amount.bytes(rate))/s" : "")
        let rows = [
            ("made", made, made > 0 ? done : ""), ("made before", madeBefore, ""), ("failed", failed, ""),
            ("not tried", notTried, ""),
        ].filter { $0.1 > 0 }
        let width = rows.map { "\($0.1)".count }.max() ?? 0
        var lines = showsEach && !tally.rows.isEmpty ? MadeRow.lines(tally.rows) : []
        if tally.made > tally.rows.count, showsEach { lines.append("and \(tally.made - tally.rows.count) more") }
        lines += rows.map { name, count, words in
            let number = String(repeating: " ", count: width - "\(count)".count) + "\(count)"
            let gap = String(repeating: " ", count: 11 - name.count)
            return "\(name)\(gap)  \(number)\(words.isEmpty ? "" : "  \(words)")"
        }
        lines += tally.failures.map { "  \($0.source): \($0.problem.what) (\($0.problem.status.rawValue))" }
        let more = failed - tally.failures.count
        if more > 0 { lines.append("  and \(more) more") }
        return lines.map(\.onScreen)
    }
}

extension BatchOutcome {
    var isFailure: Bool { if case .failed = self { true } else { false } }
}
