import FoundationEssentials
import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct ExpiredSessionTests {
    @Test(arguments: RealServer.Version.allCases)
    func fiftyRequestsOnADeadSessionSignInOnce(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            let release = try await real.release()
            try await real.signedIn { session, transport in
                try await real.restart()
                let answers = try await versions(50, session)
                #expect(answers == Array(repeating: release, count: 50))
                #expect(transport.count(of: "auth/login") == 2)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aSessionThatTimedOutIsRenewed(version: RealServer.Version) async throws {
        try await RealServer.with(version, settings: ["Preferences/WebUI/SessionTimeout": "4"]) { real in
            try await real.signedIn { session, transport in
                try await Task.sleep(for: .milliseconds(5500))
                _ = try await Application(session).version()
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

    private func versions(_ count: Int, _ session: Session) async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...count { group.addTask { try await Application(session).version() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func code(_ session: Session) async -> ServerError.Code? {
        await ServerError.code { _ = try await Application(session).version() }
    }
}
