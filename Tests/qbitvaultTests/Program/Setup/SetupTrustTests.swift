import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` of a server that signs its own certificate, at a real terminal.
@Suite(.timeLimit(.minutes(3))) struct SetupTrustTests {
    private static let question = "Accept this certificate from now on? [y/N] "

    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func itIsShownAcceptedAndForgotten(_ version: RealServer.Version) async throws {
        try await withServer(version) { scene, server, certificate in
            let dialogue = try Dialogue(
                scene, ["setup", "--url", server.url, "--username", "admin", "--store", "vault"])
            try await dialogue.answer(Self.question, "y")
            #expect(try !Files.names(in: scene.home.state).contains("qbitvault"), "nothing is written yet")
            try await dialogue.answer("Password: ", hidden: server.password())
            if version == .v5_3 { try await dialogue.answer("Paste one", "") }
            #expect(try await dialogue.end(scene) == 0)
            let screen = try dialogue.screen
            #expect(try await screen.contains("SHA-256 \(certificate.fingerprint)"))
            #expect(screen.contains("names:       nas.example") && screen.contains("valid:       from "))
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "password")
            try await scene.succeed(["trust", "remove", "--url", server.url])
            try await scene.run(["check"]).expectProblem(.tlsVerificationFailed)
        }
    }

    /// Told before a password is typed, and that no is the usual answer.
    @Test(arguments: ["", "n", "\u{3}"])
    func whoeverDoesNotKnowItLeaves(_ answer: String) async throws {
        try await withServer(.v5_1) { scene, server, _ in
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url])
            if answer == "\u{3}" {
                try await dialogue.press(answer, at: Self.question)
            } else {
                try await dialogue.answer(Self.question, answer)
            }
            let expected = answer == "\u{3}" ? ExitStatus.interrupted : .tlsVerificationFailed
            #expect(try await dialogue.end(scene) == expected.rawValue)
            #expect(try !dialogue.screen.contains("Password"))
            #expect(try scene.home.kept() == [])
        }
    }

    /// Another one than the one that was pinned is no matter of a question.
    @Test func aChangedOneIsNotOffered() async throws {
        try await withServer(.v5_1) { scene, server, certificate in
            try await scene.pin(certificate, of: server.url)
            _ = try await TestCertificate.selfSigned(for: "DNS:nas.example", in: scene.home.path)
            try await server.restart()
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url])
            #expect(try await dialogue.end(scene) == ExitStatus.tlsVerificationFailed.rawValue)
            #expect(try dialogue.screen.contains("has changed") && !dialogue.screen.contains("Accept"))
        }
    }

    /// A proxy that speaks TLS before a server that does not.
    @Test func aProxysIsAcceptedInTheSameWay() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            try await Nginx.with("location /qbt/ { proxy_pass \(server.url)/; }", https: certificate) { nginx in
                let dialogue = try Dialogue(
                    scene, ["setup", "--url", nginx.url + "/qbt/", "--username", "admin", "--store", "vault"])
                try await dialogue.answer(Self.question, "yes")
                try await dialogue.answer("Password: ", hidden: server.password())
                #expect(try await dialogue.end(scene) == 0)
                #expect(try dialogue.screen.contains("qbitvault trust remove --url \(nginx.url)/qbt"))
                let checked: ToldCheck = try await scene.succeeding(["check"])
                #expect(checked.server == nginx.url + "/qbt")
            }
        }
    }

    private func withServer(
        _ version: RealServer.Version, _ body: @Sendable (Scene, RealServer, TestCertificate) async throws -> Void
    ) async throws {
        try await TestHome.with { home in
            let certificate = try await TestCertificate.selfSigned(for: "DNS:nas.example", in: home.path)
            try await RealServer.with(version, https: certificate) { server in
                let scene = Scene(home)
                scene.hold(server.password())
                try await body(scene, server, certificate)
            }
        }
    }
}
