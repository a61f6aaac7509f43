#if Keyring
package import Secrets

/// The desktop keyring, through libsecret: what GNOME Keyring, KWallet or KeePassXC offer on the session bus.
///
/// Without a person it never has a dialog shown: an item or collection that is locked is `StoreError.Code.locked`, and
/// what the service would ask about is `.wouldAsk`. An item that records no origin, such as one made by `secret-tool`, is
/// unbound. Calls block the thread, for as long as `patience` at most and the time that the person has for a dialog.
package struct KeyringStore: CredentialStore {
    package let place = Place(.keyring)
    private let call: KeyringCall

    /// - Parameters:
    ///   - patience: how long calls that follow each other may take together before `StoreError.Code.timedOut`.
    ///   - person: who can answer a dialog; nil where nobody is there.
    package init(patience: Duration = .seconds(3), person: KeyringPerson? = nil) {
        call = KeyringCall(budget: KeyringBudget(patience), person: person)
    }

    /// The same, and within the same time, for what no person is to be asked about.
    var unattended: KeyringCall { KeyringCall(budget: call.budget, person: nil) }

    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? { try call.read(key) }

    package func write(
        _ value: borrowing Secret,
        for key: CredentialKey,
        boundTo origin: String
    ) throws(StoreError) {
        try call.write(value, for: key, origins: [origin])
    }

    /// The keyring keeps one item at a time, so the name goes in first and is put back if the password cannot follow.
    package func write(
        _ credentials: borrowing Credentials,
        server: String,
        boundTo origin: String
    ) throws(StoreError) {
        let nameKey = CredentialKey(server: server, name: .username)
        let earlier = try call.read(nameKey)
        let name = Secret(copying: credentials.username.utf8)
        try call.write(name, for: nameKey, origins: [origin])
        do {
            try call.write(credentials.password, for: CredentialKey(server: server, name: .password), origins: [origin])
        } catch {
            // However little time the first part has left for it.
            let repair = KeyringCall(budget: KeyringBudget(call.budget.whole), person: nil)
            switch consume earlier {
            case .some(let earlier): try? repair.write(earlier.value, for: nameKey, origins: earlier.origins)
            case .none: _ = try? repair.delete(nameKey)
            }
            throw error
        }
    }

    package func bind(_ key: CredentialKey, to origins: [String]) throws(StoreError) -> Bool {
        switch try call.read(key) {
        case let stored?:
            try call.write(stored.value, for: key, origins: origins)
            return true
        case nil: return false
        }
    }

    package func delete(_ key: CredentialKey) throws(StoreError) -> Bool {
        try call.delete(key)
    }

    package func list() throws(StoreError) -> [CredentialRecord] {
        try call.list()
    }
}
#endif
