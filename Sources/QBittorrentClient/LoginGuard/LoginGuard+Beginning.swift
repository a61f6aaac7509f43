import Glibc
import SecureFiles

extension LoginGuard {
    /// Throws when this credential must not be sent now. Waits for a login under way, which may change the answer.
    func check(
        _ fingerprint: String, at server: Server, _ insistence: SignIn.Insistence
    ) async throws(ServerError) {
        let lock = try await locked(record(of: server), server)
        try history(of: server).allow(fingerprint, at: server, now: now(), insistence)
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
        var history = try history(of: server)
        try history.allow(fingerprint, at: server, now: now(), insistence)
        history.begin(at: now())
        do throws(FileError) { try record.write(history) } catch { throw unavailable(error, server) }
        return LoginAttempt(fingerprint, history, in: record, under: lock, now: now)
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
