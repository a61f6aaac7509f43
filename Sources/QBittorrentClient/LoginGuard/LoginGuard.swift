import Glibc
package import Secrets
package import SecureFiles
package import SystemPackage

/// Keeps this and any later process from sending a refused password again, and so from getting the address banned.
///
/// It holds `LoginHistory` in one small file for each server, and a lock for as long as a login takes: a hundred runs
/// that start together with one stale password send it once.
package final class LoginGuard: Sendable {
    let folder: FilePath
    let ownersKey: OwnersKey
    let now: @Sendable () -> Int

    /// - Parameters:
    ///   - folder: for state; it is made when missing.
    ///   - key: gives 16 to 64 bytes that only the owner of the credentials has; asked when a login is needed. Where it
    ///     gives none, a random file in the folder serves, and fingerprints are cut to 16 bits, so that the folder is no
    ///     oracle to try passwords on.
    ///   - now: the time, in seconds since 1970.
    package init(
        in folder: FilePath,
        key: @escaping @Sendable () -> Secret? = { nil },
        now: @escaping @Sendable () -> Int = { time(nil) }
    ) {
        self.folder = folder.appending("logins")
        ownersKey = OwnersKey(key)
        self.now = now
    }

    /// How many unattended logins may fail in all.
    package static var unattendedAttempts: Int { LoginHistory.unattendedFailures }

    /// How many unattended logins may still fail before they are stopped.
    package func attemptsLeft(at server: Server) throws(FileError) -> Int {
        max(0, LoginHistory.unattendedFailures - (try record(of: server).read().failures))
    }

    /// How many more failures lead to a ban, where nobody has changed the server's limit.
    package func failuresUntilBan(at server: Server) throws(FileError) -> Int {
        max(0, LoginHistory.usualLimit - (try record(of: server).read().failures))
    }

    /// The ban that a login has met, if none was proven since.
    package func ban(at server: Server) throws(FileError) -> KnownBan? {
        try record(of: server).read().ban.map { KnownBan(since: $0.since, lastTry: $0.lastTry, address: $0.address) }
    }

    /// Whether anything stands against a login at all.
    func remembersFailures(at server: Server) throws(ServerError) -> Bool { try history(of: server) != LoginHistory() }

    func history(of server: Server) throws(ServerError) -> LoginHistory {
        do throws(FileError) { return try record(of: server).read() } catch { throw unavailable(error, server) }
    }

    func record(of server: Server) -> LoginRecord { LoginRecord(of: server, in: folder) }

    func unavailable(_ error: FileError, _ server: Server) -> ServerError {
        ServerError(.guardUnavailable(error), at: server)
    }
}

/// A ban as this machine has met it.
package struct KnownBan: Hashable, Sendable {
    /// When it was first seen, and when a login was last tried; in seconds since 1970.
    package let since: Int
    package let lastTry: Int
    /// The address of this machine that the login came from, where it is known.
    package let address: String?
}
