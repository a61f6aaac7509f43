import CredentialStores
import Synchronization
import SystemPackage
import TorrentCreation

/// Tells what becomes of the sources: an event a line for programs as it happens; for people the results in the order of
/// the sources.
final class CreationTelling: Sendable {
    private struct State {
        var place: Place?
        var begun: [Int: ContinuousClock.Instant] = [:]
        /// Ended, and not told: one before it has not ended.
        var waiting: [Int: Ended] = [:]
        var next = 0
        var tally = CreationTally()
        var firstProblem: Problem?
        /// Why something could not be told.
        var silence: (any Error)?
        /// Nil where nobody looks.
        var screen: StatusLines?
        var progress: BatchProgress

        mutating func telling(_ body: () throws -> Void) {
            do { try body() } catch { silence = silence ?? error }
        }
    }

    /// A source that has ended.
    private struct Ended {
        let source: FilePath
        let outcome: BatchOutcome
        /// From the moment that the server got it.
        let time: Duration
    }

    private let output: Output
    private let count: Int
    private let start = ContinuousClock.now
    /// Whether a person looks on.
    private let isWatched: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - count: the number of sources.
    ///   - screen: where progress is drawn; nil draws none.
    init(_ output: Output, _ count: Int, screen: StatusLines? = nil) {
        self.output = output
        self.count = count
        isWatched = screen != nil
        state = Mutex(State(screen: screen, progress: BatchProgress(of: count)))
    }

    /// - Parameter place: who answered for the password.
    func signedIn(by place: Place?) { state.withLock { $0.place = place } }

    func hear(_ event: BatchEvent) {
        state.withLock { state in
            switch event {
            case .queued(let index, let source, let id, let size):
                state.begun[index] = .now
                state.progress.noteQueued(index, source.lastComponent?.string ?? source.string, size: size)
                state.telling { try output.document(QueuedEvent(index: index, source: source.string, task: id)) }
            case .running(let index, let percent):
                state.progress.noteRunning(index, percent: percent, at: .now - start)
                state.telling { try output.document(RunningEvent(index: index, percent: percent)) }
            case .ended(let index, let source, let outcome):
                state.progress.noteEnd(index, isFailure: outcome.isFailure, tookTime: state.begun[index] != nil)
                let time = state.begun.removeValue(forKey: index).map { .now - $0 } ?? Duration.zero
                note(Ended(source: source, outcome: outcome, time: time), at: index, &state)
            case .withoutTuning, .submittedAgain, .taskLeft, .held:
                if let words = event.words {
                    state.screen?.erase()
                    output.note(words)
                }
            }
            draw(&state)
        }
    }

    private func draw(_ state: inout State) {
        guard let screen = state.screen, screen.isDue else { return }
        state.screen?.draw(state.progress.lines(width: screen.width, at: .now - start))
    }

    /// Takes progress off the screen, for good.
    func stopDrawing() {
        state.withLock { state in
            state.screen?.erase()
            state.screen = nil
        }
    }

    private func note(_ ended: Ended, at index: Int, _ state: inout State) {
        state.tally.note(ended.source.string, ended.outcome, ended.time)
        if output.isJSON { return tell(ended, at: index, &state) }
        state.waiting[index] = ended
        while let ended = state.waiting.removeValue(forKey: state.next) {
            tell(ended, at: state.next, &state)
            state.next += 1
        }
    }

    private func tell(_ ended: Ended, at index: Int, _ state: inout State) {
        state.screen?.erase()
        let source = ended.source.string
        switch ended.outcome {
        case .made(let torrent):
            let created = Created(
                torrent, of: source, place: state.place, index: index, time: ended.time, isOnly: count == 1)
            state.telling { try output.result(created) }
        case .already(let made):
            let skipped = SkippedEvent(index: index, source: source, made)
            if output.isJSON || count == 1 { state.telling { try output.result(skipped) } }
        case .failed(let error):
            let problem = Problem(creating: error)
            if state.firstProblem == nil { state.firstProblem = problem }
            state.telling { try output.document(FailedEvent(index: index, source: source, problem)) }
            if count > 1 { output.complain(problem) }
        case .notTried: break
        }
    }

    /// Tells the end.
    ///
    /// - Throws: the problem of the only source, or that some have failed.
    func finish(_ ending: TorrentMaker.Ending) throws {
        stopDrawing()
        let (tally, problem, silence) = state.withLock { state in
            for (index, ended) in state.waiting.sorted(by: { $0.key < $1.key }) { tell(ended, at: index, &state) }
            state.waiting = [:]
            return (state.tally, state.firstProblem, state.silence)
        }
        if let silence { throw silence }
        let time = ContinuousClock.now - start
        let summary = CreationSummary(tally, of: count, in: time)
        if count != 1 {
            try output.document(summary)
            if summary.isWorthALine { output.table(summary.lines(tally, in: time, showsEach: isWatched)) }
        }
        switch ending {
        case .cancelled: throw Problem(.interrupted, "Interrupted.")
        case .failed(let error) where count > 1: throw Problem(creating: error)
        default: break
        }
        if case .complete = ending, summary.notTried > 0 {
            throw Problem(
                .unexpected, "\(summary.notTried) sources had no turn.", at: "qbitvault itself",
                next: "run it again, and please tell the maintainers")
        }
        guard let problem, tally.failed > 0 else { return }
        if count == 1 { throw problem }
        throw Problem(
            tally.commonStatus ?? .someFailed, "\(tally.failed) of \(count) sources failed.",
            next: "what went wrong with each stands above")
    }
}
