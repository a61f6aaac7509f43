import Secrets
import TestSupport

@testable import QBittorrentClient

extension RealServer {
    /// Opens a way to this server for the duration of `body`.
    func connected<R>(
        trusting trust: HTTPTransport.Trust = .system, _ body: (Server, CountingTransport) async throws -> R
    ) async throws -> R {
        var settings = HTTPTransport.Settings()
        settings.trust = trust
        let server = try Server(url)
        return try await HTTPTransport.with(to: server, settings) { try await body(server, CountingTransport($0)) }
    }

    /// Signs in with the right password, without a guard, for the duration of `body`.
    func signedIn<R>(_ body: (Session, CountingTransport) async throws -> R) async throws -> R {
        try await connected { server, transport in
            try await Session.signedIn(to: server, over: transport, guard: nil, credentials: right) {
                try await body($0, transport)
            }
        }
    }

    /// Signs in and out again.
    func signIn(
        over transport: any Transport, guard loginGuard: LoginGuard? = nil,
        _ insistence: SignIn.Insistence = .unattended, with credentials: @escaping SignIn.Source
    ) async throws {
        var rules = SignIn.Rules()
        rules.insistence = insistence
        try await Session.signedIn(
            to: Server(url), over: transport, guard: loginGuard, rules: rules, credentials: credentials
        ) { _ in }
    }

    @Sendable func right() -> ServerCredentials { ServerCredentials(username: username, password: password()) }

    /// The user name and the right password.
    func login() -> Credentials { Credentials(username: username, password: password()) }

    @Sendable func wrong() -> ServerCredentials { ServerCredentials(username: username, password: .madeUp()) }

    /// Changes settings of the server, as JSON.
    func change(_ preferences: String, _ session: Session) async throws {
        _ = try await session.accepted(.post("app/setPreferences", FormBody([Field("json", preferences)])))
    }
}

extension ServerError {
    /// The code of whatever `body` throws; nil when it throws nothing or something else.
    static func code(of body: () async throws -> Void) async -> Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ServerError)?.code
        }
    }
}
