package import Logging
import Secrets

/// A session with one server: signed in once, however many tasks use it, and signed in again when it has expired.
///
/// It owns the credentials from the moment it is given them, and drops them when it signs out or they are refused.
package actor Session {
    package nonisolated let server: Server
    nonisolated let transport: any Transport
    nonisolated let loginGuard: LoginGuard?
    nonisolated let rules: SignIn.Rules
    nonisolated let logger: Logger

    var credentials: ServerCredentials?
    /// Asked once more when the credentials are refused.
    var source: SignIn.Source?
    /// The API key, once the server has accepted it; sent instead of cookies.
    var key: SecretHeader?
    /// Whether the server has refused the key that is held, or ignores keys.
    package internal(set) var isKeyRefused = false
    /// Whether no login was needed when the session began: there any password would be accepted.
    var isBehindBypass = false
    /// All that the server and what stands before it have set at the login, whatever the names: qBittorrent calls its
    /// own `SID` or `QBT_SID_<port>`, and a load balancer may need another one to find the same server again.
    var cookies: [Cookie] = []
    /// What goes to the proxy in front, since it has asked for it.
    var proxyAuthorization: SecretHeader?
    /// Counts the logins, so that a refused request knows whether a newer session is there already.
    var generation = 0
    /// The last generation that the server has answered with anything but a refusal.
    private var served = 0
    var renewal: Task<Result<Void, ServerError>, Never>?
    /// Why the credentials were dropped. Every request that would need them fails with it.
    var refusal: ServerError?
    /// How far the memory of failed logins is obeyed by the next login.
    var insistence: SignIn.Insistence
    /// What has been proved; nil until `probe` has shown a bypass, or a login has succeeded.
    package internal(set) var proof: SignIn.Proof?

    /// - Parameter loginGuard: remembers failed logins from run to run. Nil for servers that ban nobody: in tests.
    package init(
        on server: Server,
        over transport: any Transport,
        guard loginGuard: LoginGuard?,
        rules: SignIn.Rules = SignIn.Rules(),
        logger: Logger = .off
    ) {
        self.server = server
        self.transport = transport
        self.loginGuard = loginGuard
        self.rules = rules
        insistence = rules.insistence
        self.logger = logger
    }

    /// Sends a request, signed in. Any answer of a qBittorrent is returned, 400, 404 and 409 too.
    ///
    /// A refused session (403) is renewed, once by all requests that meet it together, and the request is sent again. That
    /// is safe for one that changes something as well, because a 403 says that it was not carried out.
    package func call(_ request: Request) async throws(ServerError) -> Response {
        let answer = try await answer(to: request)
        guard answer.status == 429 || answer.status >= 500 else { return answer }
        var error = ServerError(.unexpected(answer), at: server, request.endpoint)
        // A proxy answers so when it has lost a server that was at work, too.
        error.isInDoubt = request.method == .post && answer.status >= 500
        throw error
    }

    /// The same, where a server in trouble (429 and from 500 on) is an answer as well: for who shows them all.
    package func answer(to request: Request) async throws(ServerError) -> Response {
        var renewals = 0
        while true {
            let (answer, used) = try await exchange(request)
            // A web page is not qBittorrent's word: signing in again would not help.
            guard answer.status == 403, !answer.isHTML else { return try understood(answer, request.endpoint) }
            // A fresh session may end before its turn comes, on a server that is slow or started again. One that has
            // served nobody is not worth a further login.
            guard renewals == 0 || (used <= served && renewals < 3) else {
                throw ServerError(.sessionRefused, at: server, request.endpoint)
            }
            try await renew(after: used, for: request.endpoint)
            renewals += 1
        }
    }

    /// Sends a request, signed in, and returns the answer of one that was carried out.
    package func accepted(_ request: Request) async throws(ServerError) -> Response {
        let answer = try await call(request)
        if answer.isSuccess { return answer }
        throw ServerError(answer.status == 404 ? .notFound : .unexpected(answer), at: server, request.endpoint)
    }

    /// One request with the cookies of now. Returns the answer, and the generation of the session that it is about.
    private func exchange(_ request: Request) async throws(ServerError) -> (Response, generation: Int) {
        var used = generation
        let answer = try await persist(request) { attempt in
            attempt.cookies = key == nil ? cookies : []
            attempt.secretHeaders = request.secretHeaders + (key.map { [$0] } ?? [])
            used = generation
        }
        if answer.status != 403 { served = max(served, used) }
        if answer.isSuccess, used == generation { adopt(answer.cookies) }
        return (answer, used)
    }

    /// A server may renew a cookie at any call (5.3.0 repeats it), and only the last value it gave is sure to hold.
    private func adopt(_ renewed: [Cookie]) {
        for cookie in renewed {
            guard let index = cookies.firstIndex(where: { $0.name == cookie.name }) else { continue }
            cookies[index] = cookie
        }
    }

    func send(_ request: Request) async throws(ServerError) -> Response {
        var request = request
        authorize(&request)
        do throws(TransportError) { return try await transport.send(request) } catch {
            throw ServerError(.transport(error), at: server, request.endpoint)
        }
    }

    /// Throws what cannot be an answer to a call of a signed-in client.
    func understood(_ answer: Response, _ endpoint: String) throws(ServerError) -> Response {
        let code: ServerError.Code
        switch answer.status {
        case _ where answer.asksForAuthentication: code = .notQBittorrent(.asksForAuthentication)
        case 300...399: code = .notQBittorrent(.redirect)
        case ..<200: code = .notQBittorrent(.unknownAnswer)
        case 401 where answer.isHTML, 403 where answer.isHTML: code = .notQBittorrent(.refusedByProxy)
        case 401: code = .hostRefused
        default: return answer
        }
        throw ServerError(code, at: server, endpoint)
    }
}
