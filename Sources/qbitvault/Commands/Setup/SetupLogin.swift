import CredentialStores
import QBittorrentClient
import Secrets

/// The part of `setup` that asks for credentials and proves them.
struct SetupLogin {
    let server: Server
    let options: CredentialOptions

    /// Credentials, and what the server said to them.
    struct Proven: ~Copyable {
        let credentials: ServerCredentials
        let proof: SignIn.Proof?

        /// Nil where a key signs in, which needs no name.
        var username: String? {
            switch credentials.login {
            case .some(let login): login.username
            case nil: nil
            }
        }

        func keep(in store: any CredentialStore, server: String, origin: String) throws {
            switch credentials.login {
            case .some(let login): try store.write(login, server: server, boundTo: origin)
            case nil: break
            }
            switch credentials.apiKey {
            case .some(let key):
                try store.write(key, for: CredentialKey(server: server, name: .apiKey), boundTo: origin)
            case nil: break
            }
        }
    }

    /// Signs in once. A person who mistyped may try again, as long as that cannot get the address banned.
    func prove(in context: Context) async throws -> Proven {
        let username = try isByKey(context) ? nil : username(in: context)
        while true {
            let secret = try secret(username == nil ? "API key" : "Password", in: context)
            let kept =
                if let username { ServerCredentials(username: username, password: secret) } else {
                    ServerCredentials(apiKey: secret)
                }
            do {
                let proof = try await context.prove(Handover(kept.copy()), at: server, options)
                if proof == .bypass { context.world.output.note("\(server.origin) asks this address for no login") }
                return Proven(credentials: kept, proof: proof)
            } catch let error as ServerError where error.code.isRefusal && canAskAgain(in: context) {
                try await tellAbout(error, context)
            }
        }
    }

    /// What a refused person is told before the next try; throws where there must be none.
    private func tellAbout(_ error: ServerError, _ context: Context) async throws {
        guard error.code != .wrongAPIKey else { return context.world.output.note("the server does not accept that") }
        let left = try context.attemptsLeft(at: server)
        guard left > 0 else { throw error }
        let tries = left == 1 ? "1 more try" : "\(left) more tries"
        context.world.output.note("the server does not accept that; \(tries) before it is too risky")
    }

    private func isByKey(_ context: Context) -> Bool {
        options.apiKeyStdin || (context.settings.qbittorrent.authMethod == .apiKey && !options.isGiven)
    }

    private func canAskAgain(in context: Context) -> Bool { context.world.prompt.isAllowed && !options.isGiven }

    private func username(in context: Context) throws -> String {
        let known = options.username ?? context.settings.qbittorrent.username
        let username = try known ?? context.world.prompt.ask("User name", usual: "admin")
        if username.isEmpty {
            throw Problem(.usage, "The user name is empty.", at: "--username", next: "name who signs in")
        }
        return username
    }

    private func secret(_ name: String, in context: Context) throws -> Secret {
        if let given = try options.given() { return given.take() }
        let secret = try context.world.prompt.askSecret(name)
        if secret.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
        return secret
    }
}

extension ServerError.Code {
    /// Whether other words may be accepted: now, or when these were sent before.
    fileprivate var isRefusal: Bool {
        switch self {
        case .wrongPassword, .wrongAPIKey, .refusedBefore: true
        default: false
        }
    }
}
