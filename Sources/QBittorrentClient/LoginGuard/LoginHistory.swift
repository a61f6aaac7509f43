/// What is remembered of the logins at one server since the last one that was proven. A value: no clock, no file.
///
/// The server bans an address after five failures of any name, its count never decays, and machines behind one address
/// share it. So failures are counted for all names together, and a credential that was sent in vain is known again.
///
/// All times are in seconds since 1970.
struct LoginHistory: Codable, Equatable, Sendable {
    /// A credential that was sent, and not accepted as far as anybody knows.
    struct Sent: Codable, Equatable, Sendable {
        let fingerprint: String
        /// How often the server has refused it.
        var refusals: Int
        /// How often since the last refusal nobody has seen the answer: the server may have counted each.
        var losses: Int
        var lastTry: Int
    }

    struct Ban: Codable, Equatable, Sendable {
        /// When it was first seen. The server does not say how long it lasts.
        var since: Int
        var lastTry: Int
        /// The address of this machine that the login came from, where it is known.
        let address: String?
    }

    /// Attempts that failed, or whose end nobody has seen.
    private(set) var failures = 0
    /// Those of them that the server has refused.
    private(set) var refusals = 0
    /// When the last one began.
    private(set) var lastAttempt = 0
    private(set) var sent: [Sent] = []
    private(set) var ban: Ban?

    /// How it stands while a login is under way. Made durable before anything is sent, it stays so when the process dies
    /// or the answer is lost, and counts.
    func during(_ fingerprint: String, at now: Int) -> LoginHistory {
        var history = self
        history.failures += 1
        history.lastAttempt = now
        history.remember(fingerprint, now) { $0.losses += 1 }
        return history
    }

    /// How it stands after a login that began at this state.
    func after(_ outcome: LoginOutcome, of fingerprint: String, at now: Int) -> LoginHistory {
        var history = during(fingerprint, at: now)
        switch outcome {
        case .proven: return LoginHistory()
        case .unheard: return self
        case .lost: return history
        case .refusedInFront:
            history = self
            history.remember(fingerprint, now) {
                $0.refusals += 1
                $0.losses = 0
            }
        case .letPass:
            history = self
            history.sent.removeAll { $0.fingerprint == fingerprint }
        case .banned(let address):
            // Attempts during a ban do not count, and do not extend it (observed).
            history = self
            history.ban = Ban(since: ban?.since ?? now, lastTry: now, address: address)
        case .refused:
            history.ban = nil
            history.refusals += 1
            history.remember(fingerprint, now) {
                $0.refusals += 1
                $0.losses = 0
            }
        }
        return history
    }

    /// Moves what would lie in the future to now: after a clock was set back, waiting begins anew, and neither ends at
    /// once nor lasts for years.
    func settled(at now: Int) -> LoginHistory {
        var history = self
        history.lastAttempt = min(lastAttempt, now)
        for index in sent.indices { history.sent[index].lastTry = min(sent[index].lastTry, now) }
        if let ban {
            history.ban = Ban(since: min(ban.since, now), lastTry: min(ban.lastTry, now), address: ban.address)
        }
        return history
    }

    private mutating func remember(_ fingerprint: String, _ now: Int, _ change: (inout Sent) -> Void) {
        let known = sent.firstIndex { $0.fingerprint == fingerprint }
        let new = Sent(fingerprint: fingerprint, refusals: 0, losses: 0, lastTry: now)
        var entry = known.map { sent.remove(at: $0) } ?? new
        entry.lastTry = now
        change(&entry)
        sent = sent.suffix(Self.memory - 1) + [entry]
    }

    /// More than anybody gets wrong between two proven logins.
    private static let memory = 16
}

extension LoginHistory {
    /// As it stands in a file. What a later version may have added is passed over.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        failures = try fields.decode(Int.self, forKey: .failures)
        refusals = try fields.decodeIfPresent(Int.self, forKey: .refusals) ?? 0
        lastAttempt = try fields.decodeIfPresent(Int.self, forKey: .lastAttempt) ?? 0
        sent = try fields.decodeIfPresent([Sent].self, forKey: .sent) ?? []
        ban = try fields.decodeIfPresent(Ban.self, forKey: .ban)
    }
}
