import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `ca_file`: whom to trust in place of the machine's own authorities.
@Suite(.timeLimit(.minutes(2))) struct AuthorityFileTests {
    @Test func eachAuthorityInItIsTrustedAndNoOther() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await TestAuthority.with(named: "One") { one in
                try await TestAuthority.with(named: "Two") { two in
                    try await TestAuthority.with(named: "Three") { three in
                        try scene.configure("qbittorrent: {ca_file: both.pem}\n")
                        let both = try Files.bytes(one.authority) + Files.bytes(two.authority)
                        try Files.write(both, to: scene.userConfiguration.removingLastComponent().appending("both.pem"))
                        for (authority, isTrusted) in [(one, true), (two, true), (three, false)] {
                            let good = try await authority.certificate("good", for: "IP:127.0.0.1")
                            let isReached = try await TLSListener.with(try good.serving()) { listener in
                                try await scene.reaches(listener)
                            }
                            #expect(isReached == isTrusted)
                        }
                    }
                }
            }
        }
    }

    @Test func anIssuerInBetweenMayBeSentAlong() async throws {
        try await TestAuthority.with { authority in
            let middle = try await authority.certificate("middle", for: nil)
            let own = try await authority.certificate("own", for: "IP:127.0.0.1", by: middle)
            for (sent, isTrusted) in [(try own.followed(by: middle), true), (own, false)] {
                try await TLSListener.with(try sent.serving()) { listener in
                    try await TestHome.with { home in
                        let told: ToldCertificate = try await Scene(home).succeeding(
                            ["trust", "show"], environment: Scene(home).trusting(authority, at: listener.url))
                        #expect(told.trusted == isTrusted)
                        #expect(told.issuer == "CN=middle")
                    }
                }
            }
        }
    }

    @Test(arguments: [nil, "", "not a certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func oneThatHoldsNoneIsAnError(_ content: String?) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await TLSListener.with(try certificate.serving()) { listener in
                let file = home.path.appending("ca.pem")
                if let content { try Files.write(content, to: file) }
                let environment = scene.environment(for: listener.url)
                try scene.trust(file)
                for words in [["check"], ["trust", "show"]] {
                    let run = try await scene.run(words, environment: environment)
                    try run.expectProblem(.configuration)
                    let told: ToldProblem = try run.document()
                    #expect(told.place?.hasSuffix("ca.pem") == true)
                }
                #expect(listener.heard.isEmpty)
            }
        }
    }
}
