import CredentialStores

extension Problem {
    /// A source of secrets that is there and cannot be used.
    init(_ reason: StoreError.Reason, at place: Place) {
        let next =
            switch reason {
            case .keyBesidePassphrase: "leave one of qbitvault.key and qbitvault.passphrase there"
            case .notStarted: "name the program by its whole path"
            case .ended: "run it by hand: it must end with 0 and print \(place.wanted) alone"
            case .nameBesideFile: "unset one of \(place.detail) and \(place.detail)_FILE"
            case .notAKeyFile: "name a file made by `qbitvault vault init --key-file FILE`"
            default: place.remedy
            }
        self.init(.secretSourceFailed, reason.sentence, at: place.description, next: next)
    }
}

extension Place {
    /// What a program is asked for.
    fileprivate var wanted: String { kind == .keyCommand ? "the passphrase of the vault" : "the credential" }

    /// What to do about one that is there and cannot be used. A vault and its key are never to be removed.
    fileprivate var remedy: String {
        switch kind {
        case .option where detail.hasPrefix("-"): "give it to this run again, or leave \(detail) out"
        case .command, .keyCommand: "make it print \(wanted), alone"
        case .vault: "let this user read it, or put a copy back"
        case .key: "let this user read it, or name the right one with QBITVAULT_KEY_FILE or QBITVAULT_PASSPHRASE_FILE"
        default: "put it right, or remove it: a weaker source is never used in its stead"
        }
    }
}
