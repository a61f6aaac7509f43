import Glibc
import SecureFiles

extension LoginGuard {
    /// Throws when this credential must not be sent now. Waits for a login under way, which may change the answer.
    func check(
        _ fingerprint: String, at server: Server, _ insistence: SignIn.Insistence
    ) async throws(ServerError) {
        let lock = try await locked(record(of: server), server)
        try settledHistory(of: server).allow(fingerprint, at: server, now: now(), insistence)
        _ = consume lock
    }

    /// Waits until no other process is signing in there, and marks an attempt as begun.
    ///
    /// - Throws: `ServerError` when the credential must not be sent now.
    func begin(
        _ fingerprint: String,
        at server: Server,
        _ insistence: SignIn.Insistence
    ) async throws(ServerError) -> LoginAttempt {
        do throws(FileError) { try Folder.makePrivate(folder) } catch { throw unavailable(error, server) }
        let record = record(of: server)
        let lock = try await locked(record, server)
        record.sweep()
        let history = try settledHistory(of: server)
        try history.allow(fingerprint, at: server, now: now(), insistence)
        do throws(FileError) {
            return try LoginAttempt(fingerprint, after: history, in: record, under: lock, now: now)
        } catch { throw unavailable(error, server) }
    }

    /// The history, and where the clock was set back, from when on it is waited now. Under the lock.
    private func settledHistory(of server: Server) throws(ServerError) -> LoginHistory {
        let history = try history(of: server)
        let settled = history.settled(at: now())
        // What cannot be written will not let a login begin either.
        if settled != history { try? record(of: server).write(settled) }
        return settled
    }

    /// Tried again and again instead of waited for, because a blocked thread could be the one that the holder needs.
    private func locked(_ record: LoginRecord, _ server: Server) async throws(ServerError) -> FileLock {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do throws(FileError) { return try FileLock(record.lock, holder: "\(getpid())", patience: .zero) } catch {
                guard case .busy = error.code, ContinuousClock.now < end else { throw unavailable(error, server) }
            }
            do { try await Task.sleep(for: .milliseconds(20)) } catch {
                throw ServerError(.transport(.cancelled), at: server, "auth/login")
            }
        }
    }
}
