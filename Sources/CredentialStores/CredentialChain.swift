package import Secrets

/// Who answers for a server's credentials: the sources, strongest first.
///
/// A set, not a name at a time: the strongest source that has a password supplies the user name too, so a name
/// left over in one place is never paired with a password from another. A source that is there but fails ends the
/// search: a weaker one is never used in its stead.
package struct CredentialChain: Sendable {
    package let sources: [any CredentialSource]
    /// The server's name in the configuration, which entries are kept under.
    package let server: String
    /// Where credentials would be sent: `scheme://host:port/base`.
    package let origin: String
    /// A user name that the configuration or an option fixes; no source is asked for one then.
    package let username: String?

    /// Whether credentials that are bound to no server may be used. Not under a configuration that somebody else may
    /// have written.
    package let allowsUnbound: Bool

    package init(
        sources: [any CredentialSource], server: String, origin: String, username: String? = nil,
        allowsUnbound: Bool = true
    ) {
        self.sources = sources
        self.allowsUnbound = allowsUnbound
        self.server = server
        self.origin = origin
        self.username = username
    }

    /// The credentials to sign in with, and who gave them. Nil when no source has a password.
    package func credentials() throws(StoreError) -> Answer? {
        switch try find(.password) {
        case let found?: return try answer(found)
        case nil: return nil
        }
    }

    /// One credential by its name, from the strongest source that has it.
    package func find(_ name: CredentialName) throws(StoreError) -> Found? {
        for source in sources {
            switch try source.read(CredentialKey(server: server, name: name)) {
            case let stored?: return Found(credential: try checked(stored, from: source.place), source: source)
            case nil: continue
            }
        }
        return nil
    }

    /// The user name that goes with the password: of the same source.
    package func findUsername() throws(StoreError) -> Found? {
        switch try find(.password) {
        case let password?:
            let source = password.source
            switch try source.read(CredentialKey(server: server, name: .username)) {
            case let stored?: return Found(credential: try checked(stored, from: source.place), source: source)
            case nil: return nil
            }
        case nil: return try find(.username)
        }
    }

    private func answer(_ password: consuming Found) throws(StoreError) -> Answer {
        let source = password.source
        let place = password.credential.place ?? source.place
        guard password.credential.value.isEmpty == false else { throw StoreError(.failed(.empty), at: place) }
        let name = if let username { username } else { try name(in: source) }
        return Answer(
            credentials: Credentials(username: name, password: password.takeValue()), place: place
        )
    }

    private func name(in source: any CredentialSource) throws(StoreError) -> String {
        switch try source.read(CredentialKey(server: server, name: .username)) {
        case let stored?:
            guard let name = try checked(stored, from: source.place).value.text else {
                throw StoreError(.failed(.notText), at: source.place)
            }
            guard !name.isEmpty else { throw StoreError(.failed(.empty), at: source.place) }
            return name
        case nil: throw StoreError(.noUsername, at: source.place)
        }
    }

    /// The credential itself, if it may be sent to the server.
    func checked(
        _ stored: consuming StoredCredential, from place: Place
    ) throws(StoreError) -> StoredCredential {
        if stored.origins.isEmpty, !allowsUnbound { throw StoreError(.withheld, at: stored.place ?? place) }
        guard stored.origins.isEmpty || stored.origins.contains(origin) else {
            throw StoreError(.boundElsewhere(origins: stored.origins), at: stored.place ?? place)
        }
        return stored
    }
}

extension CredentialChain {
    /// A credential, and the source that had it.
    package struct Found: ~Copyable, Sendable {
        package let credential: StoredCredential
        package let source: any CredentialSource

        package consuming func takeValue() -> Secret { credential.takeValue() }
    }

    /// What to sign in with, and who answered.
    package struct Answer: ~Copyable, Sendable {
        package let credentials: Credentials
        package let place: Place

        package consuming func take() -> Credentials { credentials }
    }
}
