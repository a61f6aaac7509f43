import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A server that signs its own certificate, behind a proxy: every look at it goes through the proxy, too.
@Suite(.timeLimit(.minutes(2))) struct ProxiedTrustTests {
    @Test(arguments: [NetworkNamespace.elsewhereName, NetworkNamespace.elsewhere])
    func itIsLookedAtAndPinnedThroughTheProxy(_ host: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(for: "DNS:other.example", in: home.path)
            try await NetworkNamespace.with { network in
                try await RealServer.with(
                    .v5_1, https: certificate, address: NetworkNamespace.elsewhere, in: network
                ) { server in
                    try await Tinyproxy.with(in: network) { proxy in
                        var environment = scene.environment(for: server, at: "https://\(host):\(server.port)")
                        environment["HTTPS_PROXY"] = proxy.url
                        func run(_ words: String...) async throws -> ToolRun {
                            let before = try proxy.log.count
                            let run = try await scene.run(words, environment: environment, by: network.starter)
                            try scene.expectNoLeak(in: run)
                            #expect(try proxy.log.count > before || words[0] == "check", "the proxy was passed by")
                            return run
                        }
                        let shown: ToldCertificate = try await run("trust", "show").document()
                        #expect(shown.faults == ["self_signed", "wrong_name"])
                        let refused = try await run("check")
                        try refused.expectProblem(.tlsVerificationFailed)
                        if host == NetworkNamespace.elsewhereName {
                            #expect(refused.error.contains("is signed by itself"))
                        }
                        let added = try await run("trust", "add", "--fingerprint", try await certificate.fingerprint)
                        #expect(added.status == 0)
                        let checked: ToldCheck = try await run("check").document()
                        #expect(checked.proof == "password")
                    }
                }
            }
        }
    }
}
