/// What is remembered of the logins at one server since the last one that was proven. A value: no clock, no file.
///
/// The server bans an address after five failures of any name, its count never decays, and machines behind one address
/// share it. So failures are counted for all names together, and a credential that was refused is known again.
struct LoginHistory: Codable, Equatable, Sendable {
    struct Refused: Codable, Equatable, Sendable {
        let fingerprint: String
        var tries: Int
        var lastTry: Int
    }

    struct Ban: Codable, Equatable, Sendable {
        /// When it was first seen. The server does not say how long it lasts.
        let since: Int
        var lastTry: Int
    }

    /// Attempts that failed, or whose end nobody has seen.
    private(set) var failures = 0
    /// Those of them that the server has answered.
    private(set) var refusals = 0
    /// When the last one began, in seconds since 1970.
    private(set) var lastAttempt = 0
    private(set) var refused: [Refused] = []
    private(set) var ban: Ban?

    /// An attempt begins. Made durable before anything is sent, it counts also when the process dies under way.
    mutating func begin(at now: Int) {
        failures += 1
        lastAttempt = now
    }

    /// The attempt that was begun has ended.
    mutating func end(_ outcome: LoginOutcome, of fingerprint: String, at now: Int) {
        switch outcome {
        case .proven: self = LoginHistory()
        case .refused:
            ban = nil
            refusals += 1
            remember(fingerprint, now)
        case .banned:
            // Attempts during a ban do not count, and do not extend it (observed).
            failures -= 1
            ban = Ban(since: ban?.since ?? now, lastTry: now)
        case .unheard: failures -= 1
        case .lost: break
        }
    }

    private mutating func remember(_ fingerprint: String, _ now: Int) {
        let known = refused.firstIndex { $0.fingerprint == fingerprint }
        let tries = known.map { refused.remove(at: $0).tries } ?? 0
        refused.append(Refused(fingerprint: fingerprint, tries: tries + 1, lastTry: now))
        refused = refused.suffix(Self.memory)
    }

    /// More than anybody gets wrong between two proven logins.
    private static let memory = 16
}
