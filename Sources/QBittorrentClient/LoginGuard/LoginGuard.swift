import Glibc
package import Secrets
package import SecureFiles
package import SystemPackage

/// Keeps this and any later process from sending a refused password again, and so from getting the address banned.
///
/// It holds `LoginHistory` in one small file for each server, and a lock for as long as a login takes: a hundred runs
/// that start together with one stale password send it once.
package final class LoginGuard: Sendable {
    private let folder: FilePath
    private let vaultKey: Secret?
    private let now: @Sendable () -> Int

    /// - Parameters:
    ///   - folder: for state; it is made when missing.
    ///   - key: 16 to 64 bytes that only the owner of the credentials has. Without one, a random file in the folder
    ///     serves, and fingerprints are cut to 16 bits, so that the folder is no oracle to try passwords on.
    ///   - now: the time, in seconds since 1970.
    package init(
        in folder: FilePath,
        key: consuming Secret? = nil,
        now: @escaping @Sendable () -> Int = { time(nil) }
    ) {
        self.folder = folder.appending("logins")
        vaultKey = key
        self.now = now
    }

    /// How many unattended logins may still fail before they are stopped.
    package func attemptsLeft(at server: Server) throws(FileError) -> Int {
        try Folder.makePrivate(folder)
        return max(0, LoginHistory.unattendedFailures - (try record(of: server).read().failures))
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
        var history: LoginHistory
        do throws(FileError) { history = try record.read() } catch { throw unavailable(error, server) }
        if let code = history.decide(on: fingerprint, at: now(), insistence).code {
            throw ServerError(code, at: server, "auth/login")
        }
        history.begin()
        do throws(FileError) { try record.write(history) } catch { throw unavailable(error, server) }
        return LoginAttempt(fingerprint, history, in: record, under: lock, now: now)
    }

    /// By which a refused credential is known again. Says nothing about it to who has no key.
    func fingerprint(of credentials: borrowing Credentials, at server: Server) throws(ServerError) -> String {
        let parts = ["login", server.origin, credentials.username]
        let context = parts.flatMap { Array("\($0.utf8.count):\($0);".utf8) }
        let message = Secret.joining(Secret(copying: context), credentials.password)
        switch vaultKey {
        case .some(let key): return hexadecimal(message.fingerprint(keyedBy: key))
        case nil:
            do throws(FileError) {
                try Folder.makePrivate(folder)
                let key = try LoginGuardKey.read(in: folder)
                return hexadecimal(message.fingerprint(keyedBy: key).prefix(2))
            } catch { throw unavailable(error, server) }
        }
    }

    private func record(of server: Server) -> LoginRecord { LoginRecord(of: server, in: folder) }

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

    private func unavailable(_ error: FileError, _ server: Server) -> ServerError {
        ServerError(.guardUnavailable(error), at: server)
    }
}

extension LoginDecision {
    fileprivate var code: ServerError.Code? {
        switch self {
        case .attempt: nil
        case .refusedBefore(let nextTry): .refusedBefore(nextTry: nextTry)
        case .banned(let since): .banned(since: since)
        case .exhausted(let failures): .attemptsExhausted(failures: failures)
        }
    }
}
