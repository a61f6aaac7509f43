import CredentialStores

extension Problem {
    static let useAVault = "qbitvault setup --store vault"

    /// What only a keyring can come to.
    init(keyring code: StoreError.Code, at place: String) {
        switch code {
        case .locked:
            self.init(
                .keyringLocked, "The keyring is locked.", at: place,
                next:
                    "unlock it, or run this at a terminal, where its dialog asks; for cron keep a vault: \(Self.useAVault)"
            )
        case .wouldAsk:
            self.init(
                .keyringLocked, "The keyring wants to ask somebody about this, and nobody is there.", at: place,
                next: "run this at a terminal, or keep a vault: \(Self.useAVault)")
        case .dismissed:
            self.init(
                .keyringLocked, "The keyring's dialog was closed, or could not be shown.", at: place,
                next: "try again and answer it; without a desktop keep a vault: \(Self.useAVault)")
        case .unanswered:
            self.init(
                .secretSourceTimedOut, "Nobody answered the keyring's dialog.", at: place,
                next: "look for it on the desktop, or raise credentials.keyring_dialog_timeout")
        case .noBus(let path?):
            self.init(
                .noKeyringService, "There is no session bus, and so no keyring: \(path) is no socket.", at: place,
                next:
                    "log in to a desktop, or have the bus kept without: loginctl enable-linger; or keep a vault: \(Self.useAVault)"
            )
        case .noBus:
            self.init(
                .noKeyringService, "The session bus does not answer at DBUS_SESSION_BUS_ADDRESS.", at: place,
                next: "unset it where it is out of date, or keep a vault: \(Self.useAVault)")
        case .noCollection:
            self.init(
                .noKeyringService, "The keyring has no default collection.", at: place,
                next: "make one in the keyring's program and mark it as default, or keep a vault: \(Self.useAVault)")
        default:
            self.init(
                .noKeyringService, "No keyring service answers on the session bus.", at: place,
                next: "start one in this session, or keep a vault: \(Self.useAVault)")
        }
    }
}
