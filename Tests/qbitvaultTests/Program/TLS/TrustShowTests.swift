import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

@Suite(.timeLimit(.minutes(2))) struct TrustShowTests {
    @Test func itTellsWhatOpenSSLTells() async throws {
        try await TestAuthority.with { authority in
            let certificate = try await authority.certificate(
                "nas", for: "DNS:nas.example, IP:127.0.0.1, IP:::1", .expired, signsItself: true)
            try await TLSListener.with(try certificate.serving()) { listener in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let told: ToldCertificate = try await scene.succeeding(["trust", "show", "--url", listener.url])
                    #expect(told.server == listener.url)
                    #expect(try await told.fingerprint == certificate.fingerprint)
                    #expect(told.subject == "CN=nas" && told.issuer == "CN=nas")
                    #expect(told.names == ["nas.example", "127.0.0.1", "::1"])
                    #expect(told.notBefore == 1_577_836_800 && told.notAfter == 1_580_515_200)
                    #expect(!told.trusted && told.faults == ["expired", "self_signed"])
                    #expect(!told.pinned && told.pinnedFingerprint == nil)
                    #expect(listener.heard.isEmpty, "something was sent")
                    #expect(try home.kept() == [])
                }
            }
        }
    }

    @Test(arguments: [
        ("good", "IP:127.0.0.1", []), ("other", "DNS:seedbox.example", ["wrong_name"]),
    ])
    func itLooksThroughTheAuthoritiesThatAreTrusted(name: String, address: String, faults: [String]) async throws {
        try await TestAuthority.with { authority in
            let certificate = try await authority.certificate(name, for: address)
            try await TLSListener.with(try certificate.serving()) { listener in
                try await TestHome.with { home in
                    let told: ToldCertificate = try await Scene(home).succeeding(
                        ["trust", "show"], environment: Scene(home).trusting(authority, at: listener.url))
                    #expect(told.trusted == faults.isEmpty && told.faults == faults)
                    try Scene(home).configure("{}\n")
                    let stranger: ToldCertificate = try await Scene(home).succeeding(
                        ["trust", "show", "--url", listener.url])
                    #expect(stranger.faults == ["unknown_issuer"] + faults)
                }
            }
        }
    }

    @Test func peopleGetLines() async throws {
        try await TestAuthority.with { authority in
            let certificate = try await authority.certificate("nas", for: "IP:127.0.0.1", signsItself: true)
            try await TLSListener.with(try certificate.serving()) { listener in
                try await TestHome.with { home in
                    let run = try await home.run(["trust", "show", "--url", listener.url])
                    #expect(run.status == 0 && run.error.isEmpty)
                    for line in [
                        listener.url, "fingerprint: SHA-256 \(try await certificate.fingerprint)",
                        "issuer:      itself", "trusted:     no: it is signed by itself", "pinned:      no",
                    ] { #expect(run.text.split(separator: "\n").contains { $0 == line }, "\(run.text)") }
                }
            }
        }
    }

    /// The certificate's subject is a stranger's text.
    @Test func aSubjectDoesNotMoveTheCursor() async throws {
        try await TestAuthority.with { authority in
            let certificate = try await authority.certificate("\u{1b}[2Jnas", for: "IP:127.0.0.1", signsItself: true)
            try await TLSListener.with(try certificate.serving()) { listener in
                try await TestHome.with { home in
                    let run = try await home.run(["trust", "show", "--url", listener.url])
                    #expect(run.text.contains("[2Jnas"))
                    #expect(!run.output.contains(0x1b))
                }
            }
        }
    }

    @Test func thereIsNothingToShowOfPlainHTTP() async throws {
        try await TestHome.with { home in
            for command in ["show", "add", "remove"] {
                try await Scene(home).run(["trust", command, "--url", "http://127.0.0.1:1"]).expectProblem(.usage)
            }
        }
    }
}
