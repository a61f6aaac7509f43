import FoundationEssentials
import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

/// However a session ends: one new login, and everybody is answered.
@Suite(.timeLimit(.minutes(5))) struct ExpiredSessionTests {
    @Test(arguments: RealServer.Version.allCases)
    func aRestart(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                try await real.restart()
                try await session.expectAnswers(50)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    /// The shortest time there is: it runs out again and again.
    @Test(arguments: RealServer.Version.allCases)
    func aSecondOfSilence(version: RealServer.Version) async throws {
        try await RealServer.with(version, settings: ["Preferences/WebUI/SessionTimeout": "1"]) { real in
            try await real.signedIn { session, transport in
                for round in 1...2 {
                    try await Task.sleep(for: .milliseconds(2200))
                    try await session.expectAnswers(50)
                    #expect(transport.count(of: "auth/login") == 1 + round)
                }
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func somebodysLogout(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                try await session.endOnTheServer()
                try await session.expectAnswers(50)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    /// 5.3.0 keeps fifteen sessions, and drops the one that was used least recently.
    @Test func otherSessionsThatPushItOut() async throws {
        try await RealServer.with(.v5_3) { real in
            try await real.signedIn { session, transport in
                try await real.fillSessions(15)
                try await session.expectAnswers(50)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aPasswordChangedMeanwhileIsSentOnce(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.signedIn { session, transport in
                let other = String(UInt64.random(in: .min ... .max), radix: 36) + "password"
                try await real.change(#"{"web_ui_password":"\#(other)"}"#, session)
                try await real.restart()
                await withTaskGroup { group in
                    for _ in 1...50 { group.addTask { await code(session) } }
                    for await code in group { #expect(code == .wrongPassword) }
                }
                // One that comes later is told the same.
                #expect(await code(session) == .wrongPassword)
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    private func code(_ session: Session) async -> ServerError.Code? {
        await ServerError.code { _ = try await Application(session).version() }
    }
}
