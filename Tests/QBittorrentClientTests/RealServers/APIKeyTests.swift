import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct APIKeyTests {
    @Test func aKeyNeedsNoLogin() async throws {
        try await withKey { real, key in
            try await real.connected { server, transport in
                try await signedIn(real, transport, { ServerCredentials(apiKey: key.copy(), login: real.login()) }) {
                    #expect(await $0.proof == .apiKey)
                    let (version, release) = (try await Application($0).version(), try await real.release())
                    #expect(version == release)
                }
                // Nor a logout, which would be refused to a key (observed).
                #expect(transport.endpoints == ["app/version", "app/webapiVersion", "app/version"])
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aKeyThatIsRefusedOrIgnoredGivesWayToThePassword(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.connected { server, transport in
                let both = { @Sendable in ServerCredentials(apiKey: .unknownAPIKey(), login: real.login()) }
                try await signedIn(real, transport, both) { session in
                    #expect(await session.proof == .password)
                    #expect(await session.isKeyRefused)
                    let (version, release) = (try await Application(session).version(), try await real.release())
                    #expect(version == release)
                }
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aHundredWrongKeysBanNobody(version: RealServer.Version) async throws {
        try await GuardedServer.with(version, ["Preferences/WebUI/MaxAuthenticationFailCount": "2"]) { guarded in
            for _ in 1...100 {
                let code = await guarded.signIn { ServerCredentials(apiKey: .unknownAPIKey()) }
                #expect(code == .wrongAPIKey)
            }
            #expect(guarded.transport.count(of: "auth/login") == 0)
            #expect(await guarded.signIn(guarded.real.right) == nil)
        }
    }

    @Test func aKeyChangedMeanwhileIsReadAgain() async throws {
        try await withKey { real, newer in
            try await real.connected { server, transport in
                try await signedIn(real, transport, { ServerCredentials(apiKey: newer.copy()) }) { session in
                    newer.set(try await real.makeAPIKey())
                    let (version, release) = (try await Application(session).version(), try await real.release())
                    #expect(version == release)
                    #expect(await session.proof == .apiKey)
                }
                #expect(transport.count(of: "auth/login") == 0)
            }
        }
    }

    @Test func aKeyThatDiesGivesWayToThePassword() async throws {
        try await withKey { real, key in
            try await real.connected { server, transport in
                let both = { @Sendable in ServerCredentials(apiKey: key.copy(), login: real.login()) }
                try await signedIn(real, transport, both) { session in
                    _ = try await real.makeAPIKey()
                    let (version, release) = (try await Application(session).version(), try await real.release())
                    #expect(version == release)
                    #expect(await session.proof == .password)
                }
                #expect(transport.count(of: "auth/login") == 1)
                #expect(transport.endpoints.last == "auth/logout")
            }
        }
    }

    @Test func aKeyWorksWhereTheAddressIsBanned() async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "1"]
        try await withKey(settings) { real, key in
            try await real.connected { server, transport in
                try? await real.signIn(over: transport, with: real.wrong)
                await #expect(throws: ServerError(.banned(since: nil, address: "127.0.0.1"), at: server, "auth/login"))
                {
                    try await real.signIn(over: transport, with: real.right)
                }
                try await signedIn(real, transport, { ServerCredentials(apiKey: key.copy()) }) { session in
                    let version = try await Application(session).version()
                    #expect(!version.isEmpty)
                }
            }
        }
    }

    private func withKey(
        _ settings: [String: String] = [:], _ body: (RealServer, SecretBox) async throws -> Void
    ) async throws {
        try await RealServer.with(.v5_3, settings: settings) { real in
            let key = SecretBox(try await real.makeAPIKey())
            try await body(real, key)
        }
    }

    private func signedIn(
        _ real: RealServer, _ transport: any Transport, _ credentials: @escaping SignIn.Source,
        _ body: (Session) async throws -> Void
    ) async throws {
        try await Session.signedIn(
            to: Server(real.url), over: transport, guard: nil, credentials: credentials, body)
    }
}
