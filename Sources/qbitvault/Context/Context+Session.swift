import CredentialStores
import Logging
import QBittorrentClient
import Secrets
import SystemPackage

/// A session, and who answered for the password; nil where none was needed.
struct SignedIn: Sendable {
    let session: Session
    let place: Place?
    let proof: SignIn.Proof?
}

extension Context {
    /// Signs in with what the sources have, runs `body`, and signs out however it ends.
    ///
    /// The sources are asked before the server, so that whoever must type something is asked before anything runs; that
    /// they have nothing matters only where the server wants a login. A source that fails, or has something that is not
    /// for this server, ends the run before anything is sent. They are asked again when the server refuses what they
    /// had: another process may have changed it meanwhile.
    func signedIn<R: Sendable>(
        _ options: CredentialOptions, _ body: @escaping @Sendable (SignedIn) async throws -> R
    ) async throws -> R {
        let chain = try chain(options)
        let wanted = wanted
        let handover: Handover
        let place: Place
        do {
            let answer = try credentials(from: chain, wanted)
            place = answer.place
            handover = Handover(answer.take())
        } catch let error where Problem(from: error).status == .credentialNotFound {
            return try await run(options, credentials: { throw error }) { session, proof in
                try await body(SignedIn(session: session, place: nil, proof: proof))
            }
        }
        let output = world.output
        return try await run(options, credentials: { try handover.take() ?? chain.again(wanted) }) {
            session, proof in
            if proof == .password, await session.isKeyRefused {
                output.note("the server does not accept the API key (\(place)); signed in by the password")
            }
            return try await body(SignedIn(session: session, place: proof == .bypass ? nil : place, proof: proof))
        }
    }

    /// Proves credentials that are stored nowhere yet.
    func prove(_ handover: Handover, at server: Server, _ options: CredentialOptions) async throws -> SignIn.Proof? {
        try await prove(handover, at: server, options) { _ in }.proof
    }

    /// The same.
    ///
    /// - Parameter body: is run while they are signed in.
    func prove<R: Sendable>(
        _ handover: Handover, at server: Server, _ options: CredentialOptions,
        _ body: @escaping @Sendable (Session) async throws -> R
    ) async throws -> (proof: SignIn.Proof?, R) {
        try await run(options, at: server, credentials: { try handover.copy() }) { session, proof in
            (proof, try await body(session))
        }
    }

    /// Asks `server` without credentials whether it wants a login.
    func probe(_ server: Server, _ options: CredentialOptions) async throws -> Probe {
        let log = world.log
        return try await connecting(to: server, options) { transport, loginGuard, rules in
            let session = Session(on: server, over: transport, guard: loginGuard, rules: rules, logger: log)
            do {
                let probe = try await session.probe()
                await session.signOut()
                return probe
            } catch {
                await session.signOut()
                throw error
            }
        }
    }

    private func run<R: Sendable>(
        _ options: CredentialOptions, at other: Server? = nil, credentials: @escaping SignIn.Source,
        _ body: @escaping @Sendable (Session, SignIn.Proof?) async throws -> R
    ) async throws -> R {
        let server = try other ?? server()
        let log = world.log
        do {
            return try await connecting(to: server, options) { transport, loginGuard, rules in
                try await Session.signedIn(
                    to: server, over: transport, guard: loginGuard, rules: rules, logger: log, credentials: credentials
                ) { session in try await body(session, await session.proof) }
            }
        } catch let error as ServerError
            where other == nil && isMerelyUsual && error.code == .transport(.unreachable(.refused))
        {
            throw Problem(
                .serverUnreachable, "Nobody listens where a server usually is, and nothing says where yours is.",
                at: server.origin, next: "tell it once: qbitvault setup --url URL")
        }
    }

    /// Runs `body` with a connection to `server` and the rules for signing in there. The first signal cancels it.
    private func connecting<R: Sendable>(
        to server: Server, _ options: CredentialOptions,
        _ body: @escaping @Sendable (any Transport, LoginGuard, SignIn.Rules) async throws -> R
    ) async throws -> R {
        let loginGuard = try loginGuard()
        let headers = try headers(for: server)
        let settings = try transport(to: server, headers)
        var rules = rules(for: server, options)
        rules.proxyAuthorization = headers.authorization
        let log = world.log
        log.info("server: \(server.origin)")
        return try await Interruption.cancelling { [rules] in
            try await HTTPTransport.with(to: server, settings) { transport in
                try await body(LoggingTransport(transport, log), loginGuard, rules)
            }
        }
    }

    /// Whether neither the configuration nor the environment says where the server is.
    private var isMerelyUsual: Bool { serverName == ServerName.usual && !loaded.namesDefaultServer }

    private func rules(for server: Server, _ options: CredentialOptions) -> SignIn.Rules {
        var rules = SignIn.Rules()
        rules.allowsPlainHTTP = allowsPlainHTTP(to: server)
        rules.retries = retries()
        rules.needsAPIKey = settings.qbittorrent.authMethod == .apiKey || options.apiKeyStdin
        rules.insistence = options.force ? .force : world.prompt.isAllowed ? .person : .unattended
        rules.insists = insisting(at: server)
        return rules
    }
}

extension CredentialChain {
    /// What the sources hold by now.
    fileprivate func again(_ wanted: Wanted) throws -> ServerCredentials {
        for source in sources { try source.refresh() }
        switch try credentials(wanted) {
        case let answer?: return answer.take()
        case nil: throw Problem(.credentialNotFound, "The credentials are gone.")
        }
    }
}
