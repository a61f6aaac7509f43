import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Pinning: one certificate of one server, and no other.
@Suite(.timeLimit(.minutes(2))) struct TrustAddTests {
    @Test(arguments: [
        ("itself", "IP:127.0.0.1", TestAuthority.Age.current, true), ("expired", "IP:127.0.0.1", .expired, true),
        ("early", "IP:127.0.0.1", .notYetValid, false), ("other", "DNS:seedbox.example", .current, false),
    ])
    func whateverIsWrongWithItIsAccepted(
        name: String, address: String, age: TestAuthority.Age, itself: Bool
    ) async throws {
        try await withCertificate(name, address, age, itself: itself) { scene, _, certificate in
            try await TLSListener.with(try certificate.serving()) { listener in
                #expect(try await !scene.reaches(listener))
                try await scene.pin(certificate, of: listener.url)
                #expect(try await scene.reaches(listener))
                let removed = try await scene.run(["trust", "remove", "--url", listener.url])
                #expect(removed.status == 0)
                #expect(try await !scene.reaches(listener))
                try await scene.run(["trust", "remove", "--url", listener.url]).expectProblem(.usage)
            }
        }
    }

    @Test func aChangedOneIsRefusedAndExplained() async throws {
        try await withCertificate("first", "IP:127.0.0.1", itself: true) { scene, authority, first in
            let second = try await authority.certificate("second", for: "IP:127.0.0.1")
            let port = try await TLSListener.with(try first.serving()) { listener in
                try await scene.pin(first, of: listener.url)
                return listener.port
            }
            try await TLSListener.with(try second.serving(), at: port) { listener in
                // It would be trusted, were there no pin.
                let environment = try scene.trusting(authority, at: listener.url)
                let run = try await scene.run(["check"], environment: environment)
                try run.expectProblem(.tlsVerificationFailed)
                let told: ToldProblem = try run.document()
                #expect(told.what.contains("has changed"))
                for certificate in [first, second] {
                    #expect(try await told.what.contains("SHA-256 \(certificate.fingerprint) (valid from 20"))
                }
                #expect(told.next?.contains("`qbitvault trust show --url \(listener.url)`") == true)
                #expect(listener.heard.isEmpty)
                // It is not replaced unasked, and it is when the right one is named.
                let again = ["trust", "add", "--url", listener.url, "--fingerprint"]
                try await scene.run(again + [first.fingerprint]).expectProblem(.tlsVerificationFailed)
                #expect(try await !scene.reaches(listener))
                try await scene.pin(second, of: listener.url)
                #expect(try await scene.reaches(listener))
            }
        }
    }

    /// The usual self-signed certificate may sign others; what is pinned is not an authority.
    @Test func whatThePinnedOneHasSignedIsRefused() async throws {
        try await TestAuthority.with { authority in
            let pinned = TestCertificate(
                certificate: authority.authority, key: authority.folder.appending("Test Authority.key"))
            let signed = try await authority.certificate("signed", for: "IP:127.0.0.1")
            try await TestHome.with { home in
                let scene = Scene(home)
                let port = try await TLSListener.with(try pinned.serving()) { listener in
                    try await scene.pin(pinned, of: listener.url)
                    return listener.port
                }
                let isReached = try await TLSListener.with(try signed.serving(), at: port) {
                    try await scene.reaches($0)
                }
                #expect(!isReached)
            }
        }
    }

    @Test func itHoldsForOneServerAlone() async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, _, certificate in
            try await TLSListener.with(try certificate.serving()) { one in
                try await TLSListener.with(try certificate.serving()) { other in
                    try await scene.pin(certificate, of: one.url + "/some/path")
                    #expect(try await scene.reaches(one))
                    #expect(try await !scene.reaches(other))
                }
            }
        }
    }

    /// Who switches verification off and pins all the same wants the pin.
    @Test func itHoldsWhereVerificationIsOff() async throws {
        try await withCertificate("first", "IP:127.0.0.1", itself: true) { scene, authority, first in
            let second = try await authority.certificate("second", for: "IP:127.0.0.1")
            try scene.configure("qbittorrent: {verify_tls: false}\n")
            let port = try await TLSListener.with(try first.serving()) { listener in
                #expect(try await scene.reaches(listener), "verification is off")
                try await scene.pin(first, of: listener.url)
                for _ in 1...2 {
                    let run = try await scene.home.run(["check"], environment: scene.environment(for: listener.url))
                    #expect(run.error.contains("verify_tls is off"), "every run warns")
                    #expect(run.error.contains("is checked all the same"))
                }
                return listener.port
            }
            let isReached = try await TLSListener.with(try second.serving(), at: port) {
                try await scene.reaches($0)
            }
            #expect(!isReached)
        }
    }

    @Test func nobodyThereMustSayWhichIsMeant() async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, authority, certificate in
            let other = try await authority.certificate("other", for: "IP:127.0.0.1")
            try await TLSListener.with(try certificate.serving()) { listener in
                let words = ["trust", "add", "--url", listener.url]
                try await scene.run(words).expectProblem(.usage)
                try await scene.run(words + ["--fingerprint", "ab"]).expectProblem(.usage)
                try await scene.run(words + ["--fingerprint", other.fingerprint]).expectProblem(.tlsVerificationFailed)
                #expect(try scene.home.kept() == [])
                // As openssl prints it.
                let pairs = try await certificate.fingerprint.uppercased().enumerated().map { index, digit in
                    index > 0 && index.isMultiple(of: 2) ? ":\(digit)" : "\(digit)"
                }
                let told: ToldCertificate = try await scene.succeeding(words + ["--fingerprint", pairs.joined()])
                #expect(told.pinned)
                #expect(listener.heard.isEmpty)
            }
        }
    }
}
