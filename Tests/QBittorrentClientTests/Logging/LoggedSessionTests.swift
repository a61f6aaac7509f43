import Logging
import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

/// What a session with a real server tells, and what it never does.
@Suite struct LoggedSessionTests {
    @Test(arguments: RealServer.Version.allCases)
    func theCookieIsTheServersAndOurs(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        let log = RecordedLog()
        let cookie = try await signIn(real, log)
        #expect(log.lines.contains("> cookie: <redacted>") && log.lines.contains("< set-cookie: <redacted>"))
        expectNone(of: real, cookie, in: log)
    }

    @Test(arguments: RealServer.Version.allCases)
    func neitherOverHTTPS(version: RealServer.Version) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let certificate = try await TestCertificate.selfSigned(in: folder)
        try await RealServer.with(version, https: certificate) { real in
            let log = RecordedLog()
            await #expect(throws: ServerError.self) { _ = try await signIn(real, log) }
            #expect(log.lines(.debug).count == 1 && log.lines(.debug)[0].hasPrefix("GET app/version: refused by TLS, "))
            let cookie = try await signIn(real, log, trusting: .authorities(certificate.certificate))
            expectNone(of: real, cookie, in: log)
        }
    }

    /// Neither a key nor what a gateway wants, whatever the header is called.
    @Test func norAKey() async throws {
        // Of its own: making a key ends the one that others may use.
        try await RealServer.with(.v5_3) { real in
            let key = try await real.makeAPIKey()
            try await expectNoneIsTold(real, key, .madeUp(), .unknownAPIKey())
        }
    }

    private func expectNoneIsTold(
        _ real: RealServer, _ key: borrowing Secret, _ gate: borrowing Secret, _ unknown: borrowing Secret
    ) async throws {
        let log = RecordedLog()
        var settings = HTTPTransport.Settings()
        settings.logger = log.logger(.trace)
        settings.headers = [SecretHeader("x-gate", gate.copy()), SecretHeader("age", gate.copy())].compactMap(\.self)
            .compactMap(\.self)
        let transport = try HTTPTransport(to: Server(real.url), settings)
        let requests = [(SecretHeader.bearer(key), 200), (SecretHeader.bearer(unknown), 403)]
        for (header, status) in requests {
            var request = Request.get("app/version")
            request.secretHeaders = [try #require(header)]
            let answer = try await LoggingTransport(transport, settings.logger).send(request)
            #expect(answer.status == status)
        }
        await transport.close()
        let lines = Array(log.lines.joined(separator: "\n").utf8)
        #expect(
            log.lines.count { $0 == "> authorization: <redacted>" } == 2 && log.lines.contains("> x-gate: <redacted>"))
        let shown = [key.shows(in: lines), unknown.shows(in: lines), gate.shows(in: lines)]
        #expect(shown == [false, false, false])
    }

    @Test func eachLevelTellsWhatItPromises() async throws {
        let real = try await RealServer.shared(.v5_3)
        let done = [
            "asking without credentials whether a login is needed", "signing in with user name and password",
            "signed in", "signing out",
        ]
        let info = RecordedLog()
        _ = try await signIn(real, info, .info)
        #expect(info.lines == done)

        let debug = RecordedLog()
        _ = try await signIn(real, debug, .debug)
        #expect(debug.lines(.info) == done)
        // How long each took stands behind.
        let told = debug.lines(.debug).map { $0.split(separator: ",").dropLast().joined(separator: ",") }
        #expect(
            told == [
                "GET app/version: 403, 9 bytes", "POST auth/login: 204, 0 bytes", "GET app/version: 200, 6 bytes",
                "POST auth/logout: 200, 0 bytes",
            ])
        #expect(debug.lines(.trace) == [])
    }

    @Test func aSessionThatEndedIsSaidToHave() async throws {
        let real = try await RealServer.shared(.v5_1)
        let log = RecordedLog()
        try await signedIn(real, log, .info) { session in
            await session.loseCookies()
            _ = try await session.accepted(.get("app/version"))
        }
        #expect(log.lines.count { $0 == "the session has ended, signing in again" } == 1)
        #expect(log.lines.count { $0 == "signed in" } == 2)
    }

    /// Signs in, asks, and signs out. Returns the session's cookie.
    private func signIn(
        _ real: RealServer, _ log: RecordedLog, _ level: Logger.Level = .trace,
        trusting trust: HTTPTransport.Trust = .system
    ) async throws -> Secret {
        try await signedIn(real, log, level, trusting: trust) { session in
            _ = try await session.accepted(.get("app/version"))
            let value = try await #require(session.cookies.first).value
            return Secret(copying: value.utf8)
        }
    }

    private func signedIn<R: ~Copyable>(
        _ real: RealServer, _ log: RecordedLog, _ level: Logger.Level, trusting trust: HTTPTransport.Trust = .system,
        _ body: (Session) async throws -> R
    ) async throws -> R {
        let (server, logger) = (try Server(real.url), log.logger(level))
        var settings = HTTPTransport.Settings()
        (settings.trust, settings.logger) = (trust, logger)
        let transport = try HTTPTransport(to: server, settings)
        let session = Session(on: server, over: LoggingTransport(transport, logger), guard: nil, logger: logger)
        do {
            _ = try await session.probe()
            try await session.signIn(with: real.right())
            let result = try await body(session)
            await session.signOut()
            await transport.close()
            return result
        } catch {
            await transport.close()
            throw error
        }
    }

    private func expectNone(of real: RealServer, _ cookie: borrowing Secret, in log: RecordedLog) {
        let lines = Array(log.lines.joined(separator: "\n").utf8)
        #expect(lines.count > 500)
        let (showsCookie, showsPassword) = (cookie.shows(in: lines), real.password().shows(in: lines))
        #expect(!showsCookie && !showsPassword)
    }
}

extension Secret {
    fileprivate func shows(in bytes: [UInt8]) -> Bool { SecretForms(of: self).occur(in: bytes) }
}

extension Session {
    /// As if the server had forgotten them.
    fileprivate func loseCookies() { cookies = [] }
}
