import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct SignInTests {
    @Test(arguments: RealServer.Version.allCases)
    func theRightPasswordIsProved(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.signedIn { session, transport in
            #expect(await session.proof == .password)
            let (release, api) = (try await real.release(), try await real.webAPIVersion())
            #expect(try await Application(session).version() == release)
            #expect(try await Application(session).webAPIVersion() == WebAPIVersion(api))
            #expect(try await Application(session).buildInfo().libtorrent.hasPrefix("2."))
            #expect(transport.endpoints.prefix(2) == ["app/version", "auth/login"])
            #expect(transport.count(of: "auth/login") == 1)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func theCookieIsTakenByWhateverNameItHas(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.signedIn { session, _ in
            let names = await session.cookies.map(\.name)
            let api = try await Application(session).webAPIVersion()
            #expect(names == [api < WebAPIVersion(2, 15, 1) ? "SID" : "QBT_SID_\(real.port)"])
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func signingOutClosesTheSessionOnTheServer(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        let cookies = try await real.signedIn { session, transport in
            let cookies = await session.cookies
            let status = try await status(cookies, transport)
            #expect(status == 200)
            return cookies
        }
        try await real.connected { _, transport in
            let status = try await status(cookies, transport)
            #expect(status == 403)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func cancellationDoesNotKeepItFromSigningOut(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.connected { server, transport in
            let (cookies, signedIn) = AsyncStream.makeStream(of: [Cookie].self)
            let task = Task {
                try await Session.signedIn(to: server, over: transport, guard: nil, credentials: real.right) {
                    signedIn.yield(await $0.cookies)
                    signedIn.finish()
                    try await Task.sleep(for: .seconds(600))
                }
            }
            let opened = try #require(await cookies.first { _ in true })
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(transport.endpoints == ["app/version", "auth/login", "auth/logout"])
            #expect(try await status(opened, transport) == 403)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aLoginUnderWayIsEndedAndClosedWhenCancelled(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        try await real.connected { server, transport in
            let task = Task {
                try await Session.signedIn(to: server, over: transport, guard: nil, credentials: real.right) { _ in
                    try await Task.sleep(for: .seconds(600))
                }
            }
            while transport.count(of: "auth/login") == 0 { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(transport.endpoints == ["app/version", "auth/login", "auth/logout"])
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aWrongPasswordIsToldApart(version: RealServer.Version) async throws {
        try await RealServer.with(version) { real in
            try await real.connected { server, transport in
                await #expect(throws: ServerError(.wrongPassword, at: server, "auth/login")) {
                    try await real.signIn(over: transport, with: real.wrong)
                }
                await #expect(throws: ServerError(.wrongPassword, at: server, "auth/login")) {
                    try await real.signIn(over: transport) {
                        ServerCredentials(username: "nobody", password: real.password())
                    }
                }
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aBanIsToldApartAlsoInAnotherLanguage(version: RealServer.Version) async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "2", "Preferences/General/Locale": "de"]
        try await RealServer.with(version, settings: settings) { real in
            try await real.connected { server, transport in
                for _ in 1...2 { try? await real.signIn(over: transport, with: real.wrong) }
                let banned = ServerError.Code.banned(since: nil, address: "127.0.0.1")
                await #expect(throws: ServerError(banned, at: server, "auth/login")) {
                    try await real.signIn(over: transport, with: real.right)
                }
            }
        }
    }

    private func status(_ cookies: [Cookie], _ transport: any Transport) async throws -> Int {
        var request = Request.get("app/version")
        request.cookies = cookies
        return try await transport.send(request).status
    }
}
