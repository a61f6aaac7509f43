import Synchronization

@testable import QBittorrentClient

extension SignIn.Rules {
    /// Nothing is sent again.
    static var withoutRetries: SignIn.Rules {
        var rules = SignIn.Rules()
        (rules.retries.patience, rules.retries.firstPatience) = (.zero, .zero)
        return rules
    }
}

/// A clock that only pauses move, and that notes them.
final class PauseClock: Sendable {
    private let taken = Mutex<[Duration]>([])
    private let time = Mutex(Duration.zero)

    var pauses: [Duration] { taken.withLock { $0 } }

    /// Time that something else takes.
    func pass(_ duration: Duration) { time.withLock { $0 += duration } }

    var rules: SignIn.Rules {
        var rules = SignIn.Rules()
        rules.retries.pace.now = { self.time.withLock { $0 } }
        rules.retries.pace.sleep = { pause in
            self.taken.withLock { $0.append(pause) }
            self.pass(pause)
        }
        rules.retries.pace.chance = { 1 }
        return rules
    }
}
