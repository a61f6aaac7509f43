import CredentialStores
import QBittorrentClient
import Secrets

/// The part of `setup` that asks for credentials and proves them.
struct SetupLogin {
    let server: Server
    let options: CredentialOptions
    /// What was seen of the server before; nil where nobody looked.
    let probe: Probe?

    /// Credentials, and what the server said to them.
    struct Proven: ~Copyable {
        var credentials: ServerCredentials
        let proof: SignIn.Proof?
        /// Of the server, where it was asked.
        let version: WebAPIVersion?

        /// Nil where a key signs in, which needs no name.
        var username: String? {
            switch credentials.login {
            case .some(let login): login.username
            case nil: nil
            }
        }

        mutating func add(_ key: consuming Secret) {
            let login = credentials.copy().takeLogin()
            credentials = ServerCredentials(apiKey: key, login: login)
        }

        /// All of it, under the names that it is kept under.
        func batch(in context: Context) -> SetupBatch {
            var batch = SetupBatch()
            switch credentials.login {
            case .some(let login):
                batch.add(Secret(copying: login.username.utf8), for: context.key(.username))
                batch.add(login.password, for: context.key(.password))
            case nil: break
            }
            switch credentials.apiKey {
            case .some(let key): batch.add(key, for: context.key(.apiKey))
            case nil: break
            }
            return batch
        }
    }

    /// Signs in once. A person who mistyped may try again, as long as that cannot get the address banned.
    ///
    /// - Parameter found: what stands in plain text, which is tried first.
    func prove(in context: Context, _ found: borrowing SetupPlainText?) async throws -> Proven {
        let isByKey = isByKey(context)
        var offered = isByKey ? nil : found.value(of: .password)
        let isOffered = Self.isThere(offered)
        var username = try isByKey ? nil : (isOffered ? found.username() : nil) ?? username(in: context)
        if username != nil { try tellAboutAttempts(context) }
        while true {
            let isTyped: Bool
            let secret: Secret
            switch offered.take() {
            case let value?:
                secret = value
                isTyped = false
            case nil:
                secret = try self.secret(username == nil ? "API key" : "Password", in: context)
                isTyped = true
            }
            let kept =
                if let username { ServerCredentials(username: username, password: secret) } else {
                    ServerCredentials(apiKey: secret)
                }
            do {
                let (proof, version) = try await signIn(with: kept, in: context)
                if proof == .bypass, probe == nil {
                    context.world.output.note("\(server.origin) asks this address for no login")
                }
                return Proven(credentials: kept, proof: proof, version: version)
            } catch let error as ServerError where error.code.isRefusal {
                guard canAskAgain(in: context) else { throw try withAttempts(error, context) }
                try tellAbout(error, context)
                if !isTyped { username = try context.world.prompt.ask("User name", usual: username ?? "admin") }
            }
        }
    }

    private static func isThere(_ secret: borrowing Secret?) -> Bool {
        switch secret {
        case .some: true
        case nil: false
        }
    }

    /// Where somebody can be asked for a key too, the server says of which version it is.
    private func signIn(
        with kept: borrowing ServerCredentials, in context: Context
    ) async throws -> (SignIn.Proof?, WebAPIVersion?) {
        let asks = context.world.prompt.isAllowed && kept.hasLogin
        return try await context.prove(Handover(kept.copy()), at: server, options) { session in
            asks ? try? await Application(session).webAPIVersion() : nil
        }
    }

    /// How much may go wrong, before anything does.
    private func tellAboutAttempts(_ context: Context) throws {
        guard context.world.prompt.isAllowed, !options.isGiven, probe == .needsLogin else { return }
        let left = try context.attemptsLeft(at: server)
        context.world.output.note(
            "one login proves it; \(left) may fail before that gets too risky, as the server bans addresses for it")
    }

    /// What a refused person is told before the next try; throws where there must be none.
    private func tellAbout(_ error: ServerError, _ context: Context) throws {
        guard error.code != .wrongAPIKey else { return context.world.output.note("the server does not accept that") }
        let left = try context.attemptsLeft(at: server)
        guard left > 0 else { throw try withAttempts(error, context) }
        let tries = left == 1 ? "1 more try" : "\(left) more tries"
        context.world.output.note("the server does not accept that; \(tries) before it is too risky")
    }

    /// The same, and how many more may fail.
    private func withAttempts(_ error: ServerError, _ context: Context) throws -> Problem {
        let problem = Problem(error)
        guard error.code == .wrongPassword else { return problem }
        let left = try context.attemptsLeft(at: server)
        let words =
            switch left {
            case 0: "No more are sent by themselves, lest the server ban this address."
            case 1: "One more may fail before they stop by themselves, lest the server ban this address."
            default: "\(left) more may fail before they stop by themselves, lest the server ban this address."
            }
        return Problem(problem.status, "\(problem.what) \(words)", at: problem.place, next: problem.next)
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

    /// What no server can judge is typed twice.
    private func secret(_ name: String, in context: Context) throws -> Secret {
        if let given = try options.given() { return given.take() }
        let prompt = context.world.prompt
        let secret =
            probe == .bypass && name == "Password"
            ? try prompt.askNewSecret(name, again: "\(name) once more") : try prompt.askSecret(name)
        if secret.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
        return secret
    }
}

extension SetupPlainText? {
    borrowing func value(of name: CredentialName) -> Secret? {
        switch self {
        case .some(let found): found.value(of: name)
        case nil: nil
        }
    }

    /// Nil where none stands there that is text.
    fileprivate borrowing func username() -> String? {
        switch value(of: .username) {
        case let name?: name.text.flatMap { $0.isEmpty ? nil : $0 }
        case nil: nil
        }
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
