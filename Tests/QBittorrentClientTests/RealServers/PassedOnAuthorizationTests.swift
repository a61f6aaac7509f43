import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

/// A proxy's password that the proxy accepts and passes on, to a server that reads it as its own.
@Suite(.timeLimit(.minutes(2))) struct PassedOnAuthorizationTests {
    /// Each run has a guard of its own, as a process has.
    @Test func aHundredRunsDoNotGetTheAddressBanned() async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let password = Secret.madeUp()
        let header = SecretHeader.basic(Secret.joining(Secret(copying: "keeper:".utf8), password))
        try #require(header != nil)
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "2"]
        try await RealServer.with(.v5_3, settings: settings) { real in
            let location = "location / { auth_basic x; auth_basic_user_file users; proxy_pass \(real.url); }"
            try await Nginx.with(location, users: ["keeper": password.text ?? ""]) { nginx in
                let server = try Server(nginx.url)
                @Sendable func run() async -> ServerError.Code? {
                    var rules = SignIn.Rules()
                    rules.proxyAuthorization = header
                    return await ServerError.code { [rules] in
                        try await HTTPTransport.with(to: server) { transport in
                            try await Session.signedIn(
                                to: server, over: transport, guard: LoginGuard(in: folder), rules: rules,
                                credentials: real.right
                            ) { _ in }
                        }
                    }
                }
                // Together, so that the first is still under way when the others begin.
                let codes = await withTaskGroup(of: ServerError.Code?.self) { group in
                    for _ in 0..<50 { group.addTask { await run() } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(codes.count { $0 == .authorization(.server) } == 1)
                #expect(codes.count(where: isRefusedBefore) == 49)
                for _ in 0..<50 { #expect(isRefusedBefore(await run())) }
                #expect(try nginx.log.split(separator: "\n").count { $0.hasSuffix(" keeper") } == 1)
            }
            try await real.connected { _, transport in try await real.signIn(over: transport, with: real.right) }
        }
    }

    private func isRefusedBefore(_ code: ServerError.Code?) -> Bool {
        if case .authorization(.before(nextTry: _?))? = code { true } else { false }
    }

    @Test(arguments: [
        (Response(401, asksForAuthentication: true), AuthorizationVerdict.refused(.proxy)),
        (Response(401, "<h1>", contentType: "text/html"), .refused(.proxy)),
        (Response(401, "Unauthorized", contentType: "text/plain"), .refused(.server)),
        (Response(403, "Forbidden", contentType: "text/plain"), .accepted),
        (Response(200, "v5.3.0", contentType: "text/plain"), .accepted), (Response(302), .accepted),
        (Response(403, "<h1>", contentType: "text/html"), .accepted),
        (Response(502, contentType: "text/html"), .lost), (Response(504), .lost), (Response(429), .lost),
    ])
    func whoRefusesItIsTold(answer: Response, verdict: AuthorizationVerdict) {
        #expect(AuthorizationVerdict(answer) == verdict)
    }
}
