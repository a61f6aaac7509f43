#if Keyring
import CredentialStores
import SystemPackage

extension Context {
    /// The keyring, one and the same in a run, so that all questions share its time.
    func keyringStore() -> KeyringStore {
        known.keyring { KeyringStore(patience: settings.credentials.keyringTimeout, person: person) }
    }

    /// Whoever can answer the keyring's dialog: somebody at the terminal, which is ours at the moment. A run in the
    /// background of a shell has nobody.
    private var person: KeyringPerson? {
        guard world.prompt.isAllowed, Terminal.isInForeground(.standardInput) else { return nil }
        let (patience, output) = (settings.credentials.keyringDialogTimeout, world.output)
        return KeyringPerson(patience: patience) {
            let seconds = patience.components.seconds
            output.note("the keyring asks in a dialog of its own, and is waited for \(seconds) s; Ctrl-C gives up")
        }
    }
}
#endif
