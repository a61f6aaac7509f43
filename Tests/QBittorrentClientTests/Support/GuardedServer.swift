import Secrets
import SystemPackage
import TestSupport

@testable import QBittorrentClient

/// A real server, and a folder in which failed logins there are remembered.
struct GuardedServer: Sendable {
    let real: RealServer
    let server: Server
    let transport: CountingTransport
    let folder: FilePath
    let clock = TestClock()

    static func with(
        _ version: RealServer.Version,
        _ settings: [String: String] = [:],
        _ body: (GuardedServer) async throws -> Void
    ) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        try await RealServer.with(version, settings: settings) { real in
            try await real.connected { server, transport in
                try await body(GuardedServer(real: real, server: server, transport: transport, folder: folder))
            }
        }
    }

    /// Signs in and out with a guard of its own, as another process would. Returns why it failed.
    func signIn(
        _ insistence: SignIn.Insistence,
        _ credentials: @escaping SignIn.Source
    ) async -> ServerError.Code? {
        await ServerError.code {
            try await real.signIn(over: transport, guard: loginGuard, insistence, with: credentials)
        }
    }

    func signIn(_ credentials: @escaping SignIn.Source) async -> ServerError.Code? {
        await signIn(.unattended, credentials)
    }

    /// Nil when it cannot be told.
    func attemptsLeft() -> Int? { try? loginGuard.attemptsLeft(at: server) }

    private var loginGuard: LoginGuard { LoginGuard(in: folder, now: { [clock] in clock.now }) }
}
