#if Keyring
package import Secrets

/// The desktop keyring, through libsecret: what GNOME Keyring, KWallet or KeePassXC offer on the session bus.
///
/// It never shows a dialog: an item or collection that is locked is `StoreError.Code.locked`, and so is what would
/// need a person. An item that records no origin, such as one made by `secret-tool`, is unbound. Calls block the
/// thread, for as long as `patience` at most.
package struct KeyringStore: CredentialStore {
    package let place = Place(.keyring)
    let patience: Duration

    /// - Parameter patience: how long one call may take before `StoreError.Code.timedOut`.
    package init(patience: Duration = .seconds(3)) { self.patience = patience }

    package func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        try KeyringCall(within: patience).read(key)
    }

    package func write(
        _ value: borrowing Secret,
        for key: CredentialKey,
        boundTo origin: String
    ) throws(StoreError) {
        try KeyringCall(within: patience).write(value, for: key, origins: [origin])
    }

    /// The keyring keeps one item at a time, so the name goes in first and is put back if the password cannot follow.
    package func write(
        _ credentials: borrowing Credentials,
        server: String,
        boundTo origin: String
    ) throws(StoreError) {
        let call = KeyringCall(within: patience)
        let nameKey = CredentialKey(server: server, name: .username)
        let earlier = try call.read(nameKey)
        let name = Secret(copying: credentials.username.utf8)
        try call.write(name, for: nameKey, origins: [origin])
        do {
            try call.write(credentials.password, for: CredentialKey(server: server, name: .password), origins: [origin])
        } catch {
            let repair = KeyringCall(within: patience)
            switch consume earlier {
            case .some(let earlier): try? repair.write(earlier.value, for: nameKey, origins: earlier.origins)
            case .none: _ = try? repair.delete(nameKey)
            }
            throw error
        }
    }

    package func bind(_ key: CredentialKey, to origins: [String]) throws(StoreError) -> Bool {
        let call = KeyringCall(within: patience)
        switch try call.read(key) {
        case let stored?:
            try call.write(stored.value, for: key, origins: origins)
            return true
        case nil: return false
        }
    }

    package func delete(_ key: CredentialKey) throws(StoreError) -> Bool {
        try KeyringCall(within: patience).delete(key)
    }

    package func list() throws(StoreError) -> [CredentialRecord] {
        try KeyringCall(within: patience).list()
    }
}
#endif
