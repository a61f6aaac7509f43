import CredentialStores
import QBittorrentClient
import Secrets

/// The part of `setup` that asks for credentials and proves them.
struct SetupLogin {
    let server: Server
    let options: CredentialOptions
    /// What was seen of the server before; nil where nobody looked.
    let probe: Probe?

    /// Signs in once. A person who mistyped may try again, as long as that cannot get the address banned.
    ///
    /// - Parameter found: what stands in plain text, which is tried first.
    func prove(in context: Context, _ found: borrowing SetupPlainText?) async throws -> Proven {
        let isByKey = isByKey(context)
        var offered = isByKey ? nil : found.value(of: .password)
        let isOffered = Self.isThere(offered)
        var username = try isByKey ? nil : username(in: context, or: isOffered ? found.username() : nil)
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
                try tellAbout(error, isTyped ? "that" : found.name, context)
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

    private func isByKey(_ context: Context) -> Bool {
        options.apiKeyStdin || (context.settings.qbittorrent.authMethod == .apiKey && !options.isGiven)
    }

    private func canAskAgain(in context: Context) -> Bool { context.world.prompt.isAllowed && !options.isGiven }

    /// - Parameter found: what stands in plain text. An option or the configuration says better.
    private func username(in context: Context, or found: String?) throws -> String {
        let known = options.username ?? context.settings.qbittorrent.username ?? found
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

    fileprivate var name: String {
        switch self {
        case .some(let found): "what stands in \(found.name)"
        case nil: "that"
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
