import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// The file that pinned certificates are kept in.
@Suite(.timeLimit(.minutes(2))) struct TrustFileTests {
    @Test(arguments: ["{", "{}", "{\"version\":2,\"pins\":[]}"])
    func aDamagedFileIsNeverPassedOver(_ content: String) async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, _, certificate in
            try await TLSListener.with(try certificate.serving()) { listener in
                try await scene.pin(certificate, of: listener.url)
                try Files.write(content, to: scene.pins)
                try await expectRefusal(.configuration, by: scene, listener)
            }
        }
    }

    @Test func aForgedOneIsDamaged() async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, authority, certificate in
            let other = try await authority.certificate("other", for: "IP:127.0.0.1")
            try await TLSListener.with(try certificate.serving()) { listener in
                try await scene.pin(certificate, of: listener.url)
                let text = String(decoding: try Files.bytes(scene.pins), as: UTF8.self)
                try Files.write(
                    text.replacing(try await certificate.fingerprint, with: try await other.fingerprint), to: scene.pins
                )
                try await expectRefusal(.configuration, by: scene, listener)
            }
        }
    }

    @Test func aFileThatIsOpenToOthersIsNotBelieved() async throws {
        try await withCertificate("itself", "IP:127.0.0.1", itself: true) { scene, _, certificate in
            try await TLSListener.with(try certificate.serving()) { listener in
                try await scene.pin(certificate, of: listener.url)
                #expect(try Files.mode(scene.pins) == 0o600)
                try Files.setMode(scene.pins, 0o644)
                try await expectRefusal(.unsafePermissions, by: scene, listener)
            }
        }
    }

    private func expectRefusal(_ status: ExitStatus, by scene: Scene, _ listener: TLSListener) async throws {
        let fingerprint = String(repeating: "ab", count: 32)
        for words in [
            ["check"], ["trust", "show"], ["trust", "remove"], ["trust", "add", "--fingerprint", fingerprint],
        ] {
            try await scene.run(words, environment: scene.environment(for: listener.url)).expectProblem(status)
        }
        #expect(listener.heard.isEmpty)
    }
}
