import CredentialStores
import QBittorrentClient
import Secrets
import SystemPackage

extension Context {
    /// What remembers the logins that failed.
    ///
    /// The key of its fingerprints is the chosen store's, whoever answers for the password: what cron was refused
    /// yesterday is known again when somebody types it today.
    func loginGuard() throws -> LoginGuard {
        let state = try world.folders.state
        return LoginGuard(in: state, key: { fingerprintKey(state) })
    }

    /// Nil where no store was chosen, or it does not open without a person.
    private func fingerprintKey(_ state: FilePath) -> Secret? {
        switch try? chosenStore() {
        case .vault, .automatic: return try? vault().guardKey(openedBy: vaultKeys())
        case .keyring:
            #if Keyring
            return try? keyringStore().guardKey(lock: state.appending("fingerprint.lock"))
            #else
            return nil
            #endif
        case .command, nil: return nil
        }
    }

    /// How many logins may still fail before this machine stops by itself.
    func attemptsLeft(at server: Server) throws -> Int {
        try LoginGuard(in: try world.folders.state).attemptsLeft(at: server)
    }

    /// The ban that a login of this machine has met; nil where none is known.
    func knownBan(at server: Server) throws -> KnownBan? {
        try LoginGuard(in: try world.folders.state).ban(at: server)
    }
}
