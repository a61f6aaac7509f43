import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `trust add` at a terminal.
@Suite(.timeLimit(.minutes(2))) struct TrustDialogueTests {
    private static let question = "Accept this certificate from now on? [y/N] "

    @Test(arguments: ["", "n", "y"])
    func itShowsTheCertificateAndNoIsTheUsualAnswer(_ answer: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await TLSListener.with(try certificate.serving()) { listener in
                let dialogue = try Dialogue(scene, ["trust", "add", "--url", listener.url])
                try await dialogue.answer(Self.question, answer)
                let status = try await dialogue.end(scene)
                let screen = try dialogue.screen
                #expect(try await screen.contains("SHA-256 \(certificate.fingerprint)"))
                #expect(screen.contains("trusted:     no: it is signed by itself"))
                #expect(status == (answer == "y" ? 0 : ExitStatus.tlsVerificationFailed.rawValue))
                #expect(try await scene.reaches(listener) == (answer == "y"))
            }
        }
    }
}
