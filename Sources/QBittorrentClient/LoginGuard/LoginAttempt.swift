import SecureFiles

/// A login that has been marked as begun. Others wait until it ends.
///
/// Let go of without `end`, it stays counted as a failure.
struct LoginAttempt: ~Copyable {
    private let fingerprint: String
    private var history: LoginHistory
    private let record: LoginRecord
    private let lock: FileLock
    private let now: @Sendable () -> Int

    init(
        _ fingerprint: String,
        _ history: LoginHistory,
        in record: LoginRecord,
        under lock: consuming FileLock,
        now: @escaping @Sendable () -> Int
    ) {
        self.fingerprint = fingerprint
        self.history = history
        self.record = record
        self.lock = lock
        self.now = now
    }

    /// Remembers how it ended. What cannot be written stays counted as a failure: the safe side.
    consuming func end(_ outcome: LoginOutcome) {
        history.end(outcome, of: fingerprint, at: now())
        try? record.write(history)
    }
}
