package import Secrets

/// Who answers for a server's credentials: the sources, strongest first.
///
/// A set, not a name at a time: the strongest source that has a password or an API key answers for all of it, the user
/// name too, so a name left over in one place is never paired with a password from another. A source that is there but fails ends the
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

    /// The credentials to sign in with, and who gave them. Nil when no source has any that is wanted.
    package func credentials(_ wanted: Wanted = [.password, .apiKey]) throws(StoreError) -> Answer? {
        for source in sources {
            let key = wanted.contains(.apiKey) ? try read(.apiKey, in: source) : nil
            let password = wanted.contains(.password) ? try read(.password, in: source) : nil
            if let answer = try answer(key, password, from: source) { return answer }
        }
        return nil
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

    func read(
        _ name: CredentialName, in source: any CredentialSource
    ) throws(StoreError) -> StoredCredential? {
        switch try source.read(CredentialKey(server: server, name: name)) {
        case let stored?:
            let credential = try checked(stored, from: source.place)
            guard !credential.value.isEmpty else {
                throw StoreError(.failed(.empty), at: credential.place ?? source.place)
            }
            return credential
        case nil: return nil
        }
    }

    /// One place answers for all of it; nil where it has neither.
    private func answer(
        _ key: consuming StoredCredential?, _ password: consuming StoredCredential?, from source: any CredentialSource
    ) throws(StoreError) -> Answer? {
        var place: Place?
        let apiKey: Secret?
        let holdsKey: Bool
        switch consume key {
        case let key?:
            place = key.place ?? source.place
            apiKey = key.takeValue()
            holdsKey = true
        case nil:
            apiKey = nil
            holdsKey = false
        }
        let login: Credentials?
        switch consume password {
        case let password?:
            place = place ?? password.place ?? source.place
            do throws(StoreError) {
                let name = if let username { username } else { try name(in: source) }
                login = Credentials(username: name, password: password.takeValue())
            } catch {
                // A key signs in without it.
                guard error.code == .noUsername, holdsKey else { throw error }
                login = nil
            }
        case nil: login = nil
        }
        guard let place else { return nil }
        return Answer(credentials: ServerCredentials(apiKey: apiKey, login: login), place: place)
    }

    func name(in source: any CredentialSource) throws(StoreError) -> String {
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
        package let credentials: ServerCredentials
        package let place: Place

        package consuming func take() -> ServerCredentials { credentials }
    }

    /// What may sign in.
    package struct Wanted: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let password = Wanted(rawValue: 1)
        package static let apiKey = Wanted(rawValue: 2)
    }
}
