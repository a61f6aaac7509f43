import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A real server that signs its own certificate.
@Suite(.timeLimit(.minutes(2))) struct RealServerPinTests {
    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func itIsUsedOnceItIsPinnedAndUntilItChanges(_ version: RealServer.Version) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(for: "DNS:nas.example", in: home.path)
            try await RealServer.with(version, https: certificate) { server in
                let environment = scene.environment(for: server)
                try await scene.run(["check"], environment: environment).expectProblem(.tlsVerificationFailed)
                try await scene.pin(certificate, of: server.url)
                let checked: ToldCheck = try await scene.succeeding(["check"], environment: environment)
                #expect(checked.proof == "password")
                // Another key, and another certificate, in the files that it reads when it starts.
                let other = try await TestCertificate.selfSigned(for: "DNS:nas.example", in: home.path)
                try await server.restart()
                let refused = try await scene.run(["check"], environment: environment)
                try refused.expectProblem(.tlsVerificationFailed)
                let told: ToldProblem = try refused.document()
                #expect(told.what.contains("has changed"))
                try await scene.pin(other, of: server.url)
                let again: ToldCheck = try await scene.succeeding(["check"], environment: environment)
                #expect(again.proof == "password")
            }
        }
    }
}
