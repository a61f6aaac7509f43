import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct LoginGuardTests {
    @Test(arguments: RealServer.Version.allCases)
    func aRefusedPasswordIsNotSentAgainByALaterSession(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let credentials = StalePassword().credentials
            #expect(await guarded.signIn(credentials) == .wrongPassword)
            let (before, transport) = (guarded.clock.now, guarded.transport)
            let requests = transport.endpoints.count
            #expect(await guarded.signIn(credentials) == .refusedBefore(nextTry: before + 3600))
            #expect(transport.endpoints.count == requests)

            guarded.clock.advance(by: 3600)
            #expect(await guarded.signIn(credentials) == .wrongPassword)
            #expect(await guarded.signIn(.force, credentials) == .wrongPassword)
            #expect(await guarded.signIn(.person, credentials) == .refusedBefore(nextTry: nil))
            #expect(transport.count(of: "auth/login") == 3)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aHundredSessionsWithOneStalePasswordSendItOnce(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let stale = StalePassword()
            let codes = await withTaskGroup { group in
                for _ in 1...100 {
                    group.addTask { await guarded.signIn(stale.credentials) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == .wrongPassword } == 1)
            #expect(codes.count { $0 == .refusedBefore(nextTry: guarded.clock.now + 3600) } == 99)
            #expect(guarded.transport.count(of: "auth/login") == 1)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func threeFailuresOfAnyPasswordStopUnattendedRuns(version: RealServer.Version) async throws {
        try await GuardedServer.with(version) { guarded in
            let right = guarded.real.right
            for left in [2, 1, 0] {
                #expect(await guarded.signIn(StalePassword().credentials) == .wrongPassword)
                #expect(guarded.attemptsLeft() == left)
            }
            let inAnHour = guarded.clock.now + 3600
            #expect(await guarded.signIn(right) == .attemptsExhausted(failures: 3, nextTry: inAnHour))
            #expect(guarded.transport.count(of: "auth/login") == 3)
            #expect(await guarded.signIn(.person, right) == nil)
            #expect(guarded.attemptsLeft() == 3)
            #expect(await guarded.signIn(right) == nil)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aBanIsRememberedAndPaces(version: RealServer.Version) async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "1"]
        try await GuardedServer.with(version, settings) { guarded in
            let (start, right) = (guarded.clock.now, guarded.real.right)
            #expect(await guarded.signIn(StalePassword().credentials) == .wrongPassword)
            #expect(await guarded.signIn(right) == .banned(since: start, address: "127.0.0.1"))
            guarded.clock.advance(by: 59)
            #expect(await guarded.signIn(right) == .banned(since: start, address: "127.0.0.1"))
            #expect(guarded.transport.count(of: "auth/login") == 2)
            try await guarded.real.restart()
            guarded.clock.advance(by: 1)
            #expect(await guarded.signIn(right) == nil)
        }
    }
}
