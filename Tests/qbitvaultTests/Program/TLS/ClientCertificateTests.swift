import NIOSSL
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A certificate of the client, for who is let past a proxy by it.
@Suite(.timeLimit(.minutes(2))) struct ClientCertificateTests {
    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func whoShowsTheRightOneIsLetIn(_ version: TLSVersion) async throws {
        try await withListener(version) { scene, authority, listener in
            let client = try await authority.certificate("client", for: "DNS:client")
            try scene.use(client)
            #expect(try await scene.reaches(listener, scene.trusting(authority, at: listener.url)))
        }
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func aStrangersIsRefused(_ version: TLSVersion) async throws {
        try await withListener(version) { scene, authority, listener in
            try await TestAuthority.with(named: "Stranger") { stranger in
                try scene.use(try await stranger.certificate("client", for: "DNS:client"))
                let run = try await scene.run(["check"], environment: scene.trusting(authority, at: listener.url))
                try run.expectProblem(.tlsVerificationFailed)
                let told: ToldProblem = try run.document()
                #expect(told.what == "The server does not accept the client certificate.")
                #expect(listener.heard.isEmpty)
            }
        }
    }

    /// nginx completes the handshake, and says by a page what is missing.
    @Test func aRealProxyWantsOne() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestAuthority.with { authority in
            let https = try await authority.certificate("good", for: "IP:127.0.0.1")
            let block = """
                ssl_client_certificate "\(authority.authority)"; ssl_verify_client on;
                location / { proxy_pass \(server.url); }
                """
            try await Nginx.with(block, https: https) { nginx in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let environment = scene.environment(for: server, at: nginx.url)
                    try scene.trust(authority.authority)
                    let none = try await scene.run(["check"], environment: environment)
                    try none.expectProblem(.tlsVerificationFailed)
                    #expect(none.error.contains("wants a client certificate, and none is configured"))
                    try await TestAuthority.with(named: "Stranger") { stranger in
                        try scene.use(try await stranger.certificate("client", for: "DNS:client"))
                        try scene.trust(authority.authority)
                        let refused = try await scene.run(["check"], environment: environment)
                        try refused.expectProblem(.tlsVerificationFailed)
                        #expect(refused.error.contains("does not accept the client certificate"))
                    }
                    try scene.use(try await authority.certificate("client", for: "DNS:client"))
                    try scene.trust(authority.authority)
                    let told: ToldCheck = try await scene.succeeding(["check"], environment: environment)
                    #expect(told.proof == "password")
                    // What it says to plain http, in its own words too.
                    let plain = environment.merging(["QBITVAULT_URL": "http://127.0.0.1:\(nginx.port)"]) { $1 }
                    let http = try await scene.run(["check"], environment: plain)
                    try http.expectProblem(.notQBittorrent)
                    #expect(http.error.contains("was spoken to in plain http"))
                }
            }
        }
    }

    @Test(arguments: UnusablePair.all)
    func aPairThatCannotBeUsedIsAnError(_ pair: UnusablePair) async throws {
        try await withListener(.tlsv13) { scene, authority, listener in
            try await pair.prepare(scene, authority)
            let run = try await scene.run(["check"], environment: scene.trusting(authority, at: listener.url))
            try run.expectProblem(pair.status)
            let told: ToldProblem = try run.document()
            #expect(told.what.contains(pair.words))
            #expect(UnusablePair.all.count { told.what.contains($0.words) } == 1, "another cause says the same")
            #expect(listener.received.isEmpty)
        }
    }

    private func withListener(
        _ version: TLSVersion, _ body: (Scene, TestAuthority, TLSListener) async throws -> Void
    ) async throws {
        try await TestAuthority.with { authority in
            let https = try await authority.certificate("good", for: "IP:127.0.0.1")
            var configuration = try https.serving(clientsOf: authority.authority)
            configuration.maximumTLSVersion = version
            try await TLSListener.with(configuration) { listener in
                try await TestHome.with { try await body(Scene($0), authority, listener) }
            }
        }
    }
}
