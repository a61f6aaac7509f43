#if Keyring
import Synchronization

/// How long a keyring may keep a run waiting, whatever the number of questions.
///
/// What a question takes is spent, and comes back only while nothing is asked, no faster than time passes. So those that
/// follow each other share one deadline, and a run of many hours has the whole of it again for the next.
final class KeyringBudget: Sendable {
    private struct State {
        var left: Duration
        var since: ContinuousClock.Instant
        var mayAsk = true
    }

    let whole: Duration
    private let state: Mutex<State>

    init(_ whole: Duration) {
        self.whole = whole
        state = Mutex(State(left: whole, since: .now))
    }

    /// For a question that begins now; set when it has ended.
    var left: Duration {
        get { state.withLock { min(whole, $0.left + $0.since.duration(to: .now)) } }
        set {
            state.withLock { state in
                state.left = newValue
                state.since = .now
            }
        }
    }

    /// Whether a dialog may still be shown in this run.
    var mayAsk: Bool {
        get { state.withLock { $0.mayAsk } }
        set { state.withLock { $0.mayAsk = newValue } }
    }
}
#endif
