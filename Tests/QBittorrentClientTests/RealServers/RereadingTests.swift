import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

/// What another process has changed in the store while this one was on its way.
@Suite struct RereadingTests {
    @Test(arguments: RealServer.Version.allCases)
    func aPasswordChangedMeanwhileIsReadAgain(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let kept = SecretBox(.madeUp())
            let real = guarded.real
            let code = await guarded.signIn {
                let held = ServerCredentials(username: real.username, password: kept.copy())
                kept.set(real.password())
                return held
            }
            #expect(code == nil)
            #expect(guarded.transport.count(of: "auth/login") == 2)
            #expect(guarded.attemptsLeft() == 3)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func whatIsStillTheSameIsSentOnce(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let stale = StalePassword()
            #expect(await guarded.signIn(stale.credentials) == .wrongPassword)
            #expect(guarded.transport.count(of: "auth/login") == 1)
        }
    }

    @Test func aStoreThatAlwaysSaysSomethingElseIsAskedOnce() async throws {
        try await GuardedServer.with(.v5_3) { guarded in
            #expect(await guarded.signIn(guarded.real.wrong) == .wrongPassword)
            #expect(guarded.transport.count(of: "auth/login") == 2)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aRefusedPasswordIsNotSentAgainBesideAnotherKey(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let stale = SecretBox(.madeUp())
            for insistence in [SignIn.Insistence.unattended, .force] {
                let before = guarded.transport.count(of: "auth/login")
                let code = await guarded.signIn(insistence) {
                    ServerCredentials(
                        apiKey: .unknownAPIKey(), login: Credentials(username: "admin", password: stale.copy()))
                }
                #expect(code == .wrongPassword)
                #expect(guarded.transport.count(of: "auth/login") == before + 1)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aSessionThatExpiresAfterARotationGoesOn(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            let kept = SecretBox(real.password())
            try await real.connected { server, transport in
                try await Session.signedIn(
                    to: server, over: transport, guard: nil,
                    credentials: { ServerCredentials(username: real.username, password: kept.copy()) }
                ) { session in
                    let other = "w" + String(UInt64.random(in: .min ... .max), radix: 36)
                    try await real.change(#"{"web_ui_password":"\#(other)"}"#, session)
                    kept.set(Secret(copying: other.utf8))
                    try await real.restart()
                    let version = try await Application(session).version()
                    #expect(!version.isEmpty)
                }
            }
        }
    }
}
