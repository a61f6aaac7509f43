import SecureFiles

/// A login that has been marked as begun. Others wait until it ends.
///
/// Let go of without `end`, it stays remembered as lost, and counted.
struct LoginAttempt: ~Copyable {
    private let fingerprint: String
    private let before: LoginHistory
    private let record: LoginRecord
    private let lock: FileLock
    private let now: @Sendable () -> Int

    init(
        _ fingerprint: String,
        after before: LoginHistory,
        in record: LoginRecord,
        under lock: consuming FileLock,
        now: @escaping @Sendable () -> Int
    ) throws(FileError) {
        try record.write(before.during(fingerprint, at: now()))
        self.fingerprint = fingerprint
        self.before = before
        self.record = record
        self.lock = lock
        self.now = now
    }

    /// Remembers how it ended, and returns what is known of a ban. What cannot be written stays remembered as lost: the
    /// safe side.
    consuming func end(_ outcome: LoginOutcome) -> LoginHistory.Ban? {
        let history = before.after(outcome, of: fingerprint, at: now())
        try? record.write(history)
        return history.ban
    }
}
