import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What `trust show` and `trust add` tell.
struct ToldCertificate: Decodable {
    let server: String
    let fingerprint: String
    let subject: String
    let names: [String]
    let issuer: String
    let notBefore: Int
    let notAfter: Int
    let trusted: Bool
    let faults: [String]
    let pinned: Bool
    let pinnedFingerprint: String?

    private enum CodingKeys: String, CodingKey {
        case server, fingerprint, subject, names, issuer, trusted, faults, pinned
        case notBefore = "not_before"
        case notAfter = "not_after"
        case pinnedFingerprint = "pinned_fingerprint"
    }
}

extension Scene {
    /// The file of pinned certificates.
    var pins: FilePath { home.state.appending("qbitvault/certificates.json") }

    /// Pins what `listener` presents, which must be `certificate`.
    func pin(_ certificate: TestCertificate, of url: String) async throws {
        let words = ["trust", "add", "--url", url, "--fingerprint", try await certificate.fingerprint]
        let told: ToldCertificate = try await succeeding(words)
        #expect(told.pinned)
    }

    /// Whether a run with a password of its own gets as far as a first, anonymous request. No password is ever sent.
    func reaches(_ listener: TLSListener, _ more: [String: String] = [:]) async throws -> Bool {
        let before = listener.heard.count
        let run = try await run(["check"], environment: environment(for: listener.url).merging(more) { $1 })
        try expectNoLeak(in: run)
        try expectNoLeak(in: listener.heard)
        guard listener.heard.count > before else {
            #expect(run.status == ExitStatus.tlsVerificationFailed.rawValue)
            return false
        }
        return true
    }
}

/// Makes a certificate for the duration of `body`, and a home that does not know it.
///
/// - Parameter itself: whether it signs itself; else an authority does that nobody knows.
func withCertificate(
    _ name: String, _ address: String, _ age: TestAuthority.Age = .current, itself: Bool,
    _ body: (Scene, TestAuthority, TestCertificate) async throws -> Void
) async throws {
    try await TestAuthority.with { authority in
        let certificate = try await authority.certificate(name, for: address, age, signsItself: itself)
        try await TestHome.with { try await body(Scene($0), authority, certificate) }
    }
}
