/// All that one source holds to sign in to a server with: an API key, a user name with its password, or both.
package struct ServerCredentials: ~Copyable, Sendable {
    package let apiKey: Secret?
    package let login: Credentials?

    package init(apiKey: consuming Secret?, login: consuming Credentials?) {
        self.apiKey = apiKey
        self.login = login
    }

    package init(_ login: consuming Credentials) { self.init(apiKey: nil, login: login) }

    package init(username: String, password: consuming Secret) {
        self.init(Credentials(username: username, password: password))
    }

    package init(apiKey: consuming Secret) { self.init(apiKey: apiKey, login: nil) }

    package var hasAPIKey: Bool {
        switch apiKey {
        case .some: true
        case nil: false
        }
    }

    package var hasLogin: Bool {
        switch login {
        case .some: true
        case nil: false
        }
    }

    /// The user name and password alone.
    package consuming func takeLogin() -> Credentials? { login }

    /// The API key alone.
    package consuming func withoutLogin() -> ServerCredentials { ServerCredentials(apiKey: apiKey, login: nil) }

    package borrowing func copy() -> ServerCredentials {
        let key: Secret? =
            switch apiKey {
            case .some(let key): key.copy()
            case nil: nil
            }
        let login: Credentials? =
            switch login {
            case .some(let login): Credentials(username: login.username, password: login.password.copy())
            case nil: nil
            }
        return ServerCredentials(apiKey: key, login: login)
    }
}

extension ServerCredentials {
    /// Whether both hold the same key.
    package static func sameKey(_ a: borrowing ServerCredentials, _ b: borrowing ServerCredentials) -> Bool {
        switch a.apiKey {
        case .some(let first):
            switch b.apiKey {
            case .some(let second): first == second
            case nil: false
            }
        case nil: !b.hasAPIKey
        }
    }

    /// Whether both hold the same user name and password.
    package static func sameLogin(_ a: borrowing ServerCredentials, _ b: borrowing ServerCredentials) -> Bool {
        switch a.login {
        case .some(let first):
            switch b.login {
            case .some(let second): first.username == second.username && first.password == second.password
            case nil: false
            }
        case nil: !b.hasLogin
        }
    }
}
