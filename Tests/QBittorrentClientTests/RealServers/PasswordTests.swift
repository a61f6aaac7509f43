import FoundationEssentials
import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct PasswordTests {
    /// Set by the server's own settings call, proved by a login.
    @Test(arguments: RealServer.Version.allCases)
    func anyPasswordArrivesAsItIs(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            var current = real.password()
            for part in [
                "  spaces  ", "a&b=c;d", "100%%41", "1+1=2", #""quotes"' \ back"#, "🔑 clé ключ", "\t\n\r", "/?#@:",
            ] {
                current = try await change(current, to: part + random(10), real)
            }
            current = try await change(current, to: random(1000), real)
            current = try await change(current, to: " ", real, longEnough: random(6))
        }
    }

    private func change(
        _ current: borrowing Secret, to text: String, _ real: RealServer, longEnough more: String = ""
    ) async throws -> Secret {
        let text = text + more
        let current = current.copy()
        try await signedIn(real, current) { session in
            let json = try JSONEncoder().encode(["web_ui_password": text])
            try await real.change(String(decoding: json, as: UTF8.self), session)
        }
        let next = Secret(copying: text.utf8)
        try await signedIn(real, next) { #expect(await $0.proof == .password) }
        await #expect(throws: ServerError.self) { try await signedIn(real, current) { _ in } }
        return next
    }

    private func signedIn(
        _ real: RealServer, _ password: borrowing Secret, _ body: (Session) async throws -> Void
    ) async throws {
        let credentials = Credentials(username: real.username, password: password.copy())
        try await real.connected { server, transport in
            let session = Session(on: server, over: transport, guard: nil)
            #expect(try await session.probe() == .needsLogin)
            try await session.signIn(
                with: ServerCredentials(username: credentials.username, password: credentials.password.copy()))
            try await body(session)
            await session.signOut()
        }
    }

    private func random(_ count: Int) -> String {
        String((0..<count).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    }
}
