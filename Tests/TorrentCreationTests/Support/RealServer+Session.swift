import QBittorrentClient
import Secrets
import TestSupport

extension RealServer {
    /// Those that can make torrents.
    static let creators = [Version.v5_1, .v5_3]

    /// Signs in for the duration of `body`, over a transport that a test may disturb.
    func signedIn<R>(
        _ disturb: Disturbance = Disturbance(), _ body: (Session, DisturbedTransport) async throws -> R
    ) async throws -> R {
        let server = try Server(url)
        return try await HTTPTransport.with(to: server) { inner in
            let transport = DisturbedTransport(inner, disturb)
            let credentials = { @Sendable in ServerCredentials(username: self.username, password: self.password()) }
            return try await Session.signedIn(
                to: server, over: transport, guard: nil, credentials: { credentials() }
            ) { session in try await body(session, transport) }
        }
    }

    /// The ids of all tasks that it has, of whoever.
    func taskIDs() async throws -> Set<String> {
        try await signedIn { session, _ in Set(try await TorrentCreator(session).tasks().map(\.id)) }
    }
}
