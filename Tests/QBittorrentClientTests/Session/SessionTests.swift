import Secrets
import Testing

@testable import QBittorrentClient

/// What no real server can be made to do at the right moment.
@Suite struct SessionTests {
    private let login = Response(204, cookie: "SID=a")
    private let refused = Response(403, "Forbidden")

    @Test func aFreshSessionThatIsRefusedIsNotTriedAgain() async throws {
        let transport = CountingTransport(ScriptedTransport(refused, login, refused, login, refused, Response(200)))
        #expect(await code(transport) == .sessionRefused)
        #expect(transport.count(of: "auth/login") == 2)
    }

    @Test(arguments: [
        (Response(401), ServerError.Code.hostRefused),
        (Response(302), .notQBittorrent(.redirect)),
        (Response(500, "a\u{7}b"), .answered(status: 500, text: "a b")),
        (Response(429, "later"), .answered(status: 429, text: "later")),
        (Response(404), .notFound),
        (Response(400, "Missing required parameters"), .answered(status: 400, text: "Missing required parameters")),
    ])
    func answersToASignedInClient(answer: Response, expected: ServerError.Code) async throws {
        let transport = CountingTransport(ScriptedTransport(refused, login, answer, Response(200)))
        #expect(await code(transport) == expected)
        #expect(transport.endpoints.last == "auth/logout")
    }

    @Test func cookiesOfAProxyGoBackToo() async throws {
        let both = ["route=1", "SID=a"].compactMap { Cookie(setCookie: $0) }
        let transport = ScriptedTransport(refused, Response(status: 204, cookies: both), Response(200))
        try await signedIn(transport) { #expect(await $0.cookies.map(\.name) == ["route", "SID"]) }
    }

    @Test func aBypassThatEndsLeavesNothingToSignInWith() async throws {
        let transport = CountingTransport(
            ScriptedTransport(Response(200, "v5.1.0", cookie: "SID=a"), refused, Response(200)))
        #expect(await code(transport) == .nothingToSignInWith)
        #expect(transport.count(of: "auth/login") == 0)
    }

    private func code(_ transport: CountingTransport) async -> ServerError.Code? {
        await ServerError.code { try await signedIn(transport) { _ = try await $0.accepted(.get("app/version")) } }
    }

    private func signedIn(_ transport: any Transport, _ body: (Session) async throws -> Void) async throws {
        try await Session.signedIn(
            to: Server("https://seedbox.example"), over: transport, guard: nil,
            rules: .withoutRetries, credentials: { ServerCredentials(username: "admin", password: .random(count: 8)) },
            body
        )
    }
}
