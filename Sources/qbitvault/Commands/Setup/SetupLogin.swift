import CredentialStores
import QBittorrentClient
import Secrets

/// The part of `setup` that asks for credentials and proves them.
struct SetupLogin {
    let server: Server
    let options: CredentialOptions

    /// Credentials, and what the server said to them.
    struct Proven: ~Copyable {
        let credentials: Credentials
        let proof: SignIn.Proof?

        var username: String { credentials.username }

        func keep(in store: any CredentialStore, server: String, origin: String) throws {
            try store.write(credentials, server: server, boundTo: origin)
        }
    }

    /// Signs in once. A person who mistyped may try again, as long as that cannot get the address banned.
    func prove(in context: Context) async throws -> Proven {
        let username = try username(in: context)
        while true {
            let password = try password(in: context)
            let kept = Credentials(username: username, password: password.copy())
            let sent = Handover(Credentials(username: username, password: password))
            do {
                let proof = try await context.prove(sent, at: server, options)
                if proof != .password { context.world.output.note("\(server.origin) asks this address for no login") }
                return Proven(credentials: kept, proof: proof)
            } catch let error as ServerError where error.code.isRefusal && canAskAgain(in: context) {
                let left = try context.attemptsLeft(at: server)
                guard left > 0 else { throw error }
                let tries = left == 1 ? "1 more try" : "\(left) more tries"
                context.world.output.note("the server does not accept that; \(tries) before it is too risky")
            }
        }
    }

    private func canAskAgain(in context: Context) -> Bool {
        context.world.prompt.isAllowed && !options.passwordStdin && options.passwordFd == nil
    }

    private func username(in context: Context) throws -> String {
        let known = options.username ?? context.settings.qbittorrent.username
        let username = try known ?? context.world.prompt.ask("User name", usual: "admin")
        if username.isEmpty {
            throw Problem(.usage, "The user name is empty.", at: "--username", next: "name who signs in")
        }
        return username
    }

    private func password(in context: Context) throws -> Secret {
        if let given = try options.given() {
            let key = CredentialKey(server: context.serverName, name: .password)
            if let stored = try given.read(key) { return stored.takeValue() }
        }
        let password = try context.world.prompt.askSecret("Password")
        if password.holdsNUL { throw StoreError(.failed(.holdsNUL), at: Place(.option, "the terminal")) }
        return password
    }
}

extension ServerError.Code {
    /// Whether other words may be accepted: now, or when these were sent before.
    fileprivate var isRefusal: Bool {
        switch self {
        case .wrongPassword, .refusedBefore: true
        default: false
        }
    }
}
