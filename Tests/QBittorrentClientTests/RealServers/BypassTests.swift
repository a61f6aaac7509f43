import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

/// Servers that ask this address for no login.
@Suite struct BypassTests {
    @Test(arguments: RealServer.Version.allCases)
    func aBypassProvesNothingAndNeedsNoCredentials(version: RealServer.Version) async throws {
        try await withBypass(version) { real, transport in
            try await signedIn(real, transport, { throw NoCredentials() }) { session in
                #expect(await session.proof == .bypass)
                // No new cookie: this call has not begun another session.
                let answer = try await session.accepted(.get("app/version"))
                #expect(answer.cookies.isEmpty)
            }
            #expect(transport.endpoints == ["app/version", "app/version", "auth/logout"])
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aWrongKeyIsNotMistakenForOneThatWorks(version: RealServer.Version) async throws {
        try await withBypass(version) { real, transport in
            try await signedIn(real, transport, { ServerCredentials(apiKey: .unknownAPIKey()) }) { session in
                #expect(await session.proof == .bypass)
                // Older servers do not look at it.
                #expect(await session.isKeyRefused == (version == .v5_3))
                let (version, release) = (try await Application(session).version(), try await real.release())
                #expect(version == release)
            }
        }
    }

    @Test func aRightKeyIsProved() async throws {
        try await withBypass(.v5_3) { real, transport in
            let key = SecretBox(try await real.makeAPIKey())
            try await signedIn(real, transport, { ServerCredentials(apiKey: key.copy()) }) { session in
                #expect(await session.proof == .apiKey)
                let (version, release) = (try await Application(session).version(), try await real.release())
                #expect(version == release)
            }
        }
    }

    /// The password that is held too would be accepted whatever it is, and so proves nothing.
    @Test func aKeyThatDiesUnderABypassIsNotFollowedByAPassword() async throws {
        try await withBypass(.v5_3) { real, transport in
            let key = SecretBox(try await real.makeAPIKey())
            let both = { @Sendable in ServerCredentials(apiKey: key.copy(), login: real.wrong().takeLogin()) }
            try await signedIn(real, transport, both) { session in
                #expect(await session.proof == .apiKey)
                _ = try await real.makeAPIKey()
                let (version, release) = (try await Application(session).version(), try await real.release())
                #expect(version == release)
                #expect(await session.proof == .bypass)
            }
            #expect(transport.count(of: "auth/login") == 0)
        }
    }

    @Test func aKeyThatMustBeUsedMustBeRight() async throws {
        try await withBypass(.v5_3) { real, transport in
            var rules = SignIn.Rules()
            rules.needsAPIKey = true
            let code = await ServerError.code {
                try await Session.signedIn(
                    to: Server(real.url), over: transport, guard: nil, rules: rules,
                    credentials: { ServerCredentials(apiKey: .unknownAPIKey()) }
                ) { _ in }
            }
            #expect(code == .wrongAPIKey)
        }
    }

    private func withBypass(
        _ version: RealServer.Version, _ body: (RealServer, CountingTransport) async throws -> Void
    ) async throws {
        try await RealServer.with(version, settings: ["Preferences/WebUI/LocalHostAuth": "false"]) { real in
            try await real.connected { _, transport in try await body(real, transport) }
        }
    }

    private func signedIn(
        _ real: RealServer, _ transport: any Transport, _ credentials: @escaping SignIn.Source,
        _ body: (Session) async throws -> Void
    ) async throws {
        try await Session.signedIn(
            to: Server(real.url), over: transport, guard: nil, credentials: credentials, body)
    }

    private struct NoCredentials: Error {}
}
