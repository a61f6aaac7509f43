import NIOSSL
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Servers that fall silent, or away, before and after TLS is there.
@Suite(.timeLimit(.minutes(5))) struct SilentTLSTests {
    @Test(arguments: [
        (Fault(.onAccept), ExitStatus.notQBittorrent), (Fault(.onAccept, .reset), .serverUnreachable),
        (Fault(.onAccept, .close), .serverUnreachable),
    ])
    func beforeTLS(fault: Fault, status: ExitStatus) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(fault, at: .probe) { server in
                let run = try await scene.run(["check"], environment: environment(scene, server))
                try run.expectProblem(status)
            }
        }
    }

    @Test(arguments: [
        (Fault(), ExitStatus.timedOut), (Fault(.onRequest, .reset), .serverUnreachable),
        (Fault { [.text($0.longer(by: 1)), .close] }, .serverUnreachable),
    ])
    func afterTLS(fault: Fault, status: ExitStatus) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(in: home.path)
            let tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.certificate.string)
                    .map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key.string, format: .pem)))
            try scene.trust(certificate.certificate)
            for stage in [Fault.Stage.probe, .login, .call] {
                try await FaultyServer.with(fault, at: stage, tls: tls) { server in
                    let run = try await scene.run(
                        ["check", "--force"], environment: environment(scene, server))
                    try run.expectProblem(status)
                    try scene.expectNoLeak(in: run)
                    #expect(server.count(of: "auth/login") == (stage == .probe ? 0 : 1))
                }
            }
        }
    }

    private func environment(_ scene: Scene, _ server: FaultyServer) -> [String: String] {
        scene.environment(impatientFor: server).merging(["QBITVAULT_URL": "https://127.0.0.1:\(server.port)"]) { $1 }
    }
}
