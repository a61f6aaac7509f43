import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct RefusedTests {
    @Test(arguments: RealServer.Version.allCases)
    func aHostThatTheServerDoesNotWantGetsNoPassword(version: RealServer.Version) async throws {
        try await RealServer.with(version, settings: ["Preferences/WebUI/ServerDomains": "qbt.example"]) { real in
            let server = try Server(scheme: .http, host: "localhost", port: Int(real.port))
            try await HTTPTransport.with(to: server) { http in
                let transport = CountingTransport(http)
                await #expect(throws: ServerError(.hostRefused, at: server, "app/version")) {
                    try await Session.signedIn(to: server, over: transport, guard: nil, credentials: real.right) { _ in
                    }
                }
                #expect(Set(transport.endpoints) == ["app/version"])
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aWrongBasePathIsNotQBittorrent(version: RealServer.Version) async throws {
        let real = try await RealServer.shared(version)
        let server = try Server(real.url + "/base")
        #expect(await code(server) == .notQBittorrent(.notFound))
    }

    @Test(arguments: [
        ("200 OK\r\ncontent-type: text/html", ServerError.Code.notQBittorrent(.html)),
        ("302 Found\r\nlocation: /login", .notQBittorrent(.redirect)),
        ("404 Not Found\r\ncontent-type: text/html", .notQBittorrent(.notFound)),
        ("401 Unauthorized\r\nwww-authenticate: Basic realm=x", .notQBittorrent(.asksForAuthentication)),
        ("503 Service Unavailable\r\ncontent-type: text/html", .answered(status: 503, text: "")),
        ("200 OK\r\ncontent-type: text/plain", .notQBittorrent(.unknownAnswer)),
    ])
    func whatIsNotQBittorrentGetsNoPassword(head: String, expected: ServerError.Code) async throws {
        try await FaultServer.with(.answer("HTTP/1.1 \(head)\r\ncontent-length: 5\r\n\r\nhello")) { server in
            #expect(await code(server) == expected)
        }
    }

    @Test func nobodyThere() async throws {
        let server = try await FaultServer.closed()
        #expect(await code(server) == .transport(.unreachable(.refused)))
    }

    @Test func aPasswordGoesOverPlainHTTPToThisMachineAlone() async throws {
        let server = try Server("http://qbittorrent.example:8080")
        let transport = CountingTransport(ScriptedTransport())
        await #expect(throws: ServerError(.plainHTTPNotAllowed, at: server)) {
            try await Session.signedIn(to: server, over: transport, guard: nil, credentials: credentials) { _ in }
        }
        #expect(transport.endpoints.isEmpty)
    }

    @Test func plainHTTPCanBeAllowed() async throws {
        var rules = SignIn.Rules()
        rules.allowsPlainHTTP = true
        let transport = ScriptedTransport(Response(403), Response(204, cookie: "SID=a"), Response(200))
        try await Session.signedIn(
            to: Server("http://qbittorrent.example:8080"), over: transport, guard: nil, rules: rules,
            credentials: credentials
        ) { #expect(await $0.proof == .password) }
    }

    private func code(_ server: Server) async -> ServerError.Code? {
        await ServerError.code {
            try await HTTPTransport.with(to: server) { http in
                let transport = CountingTransport(http)
                defer { #expect(Set(transport.endpoints) == ["app/version"]) }
                try await Session.signedIn(to: server, over: transport, guard: nil, credentials: credentials) { _ in }
            }
        }
    }

    @Sendable private func credentials() -> ServerCredentials {
        ServerCredentials(username: "admin", password: .madeUp())
    }
}
