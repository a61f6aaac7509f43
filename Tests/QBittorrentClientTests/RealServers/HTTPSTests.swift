import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct HTTPSTests {
    @Test(arguments: RealServer.Version.allCases)
    func aCertificateIsVerifiedBeforeAnythingIsSent(version: RealServer.Version) async throws {
        try await TestAuthority.with { certificates in
            let https = try await certificates.certificate("good", for: "IP:127.0.0.1")
            try await RealServer.with(version, https: https) { real in
                #expect(await fault(real, trusting: .system) == .unknownIssuer)
                #expect(await fault(real, trusting: .authorities(certificates.authority)) == nil)
                #expect(await fault(real, trusting: .anything) == nil)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aNameThatTheCertificateDoesNotHaveIsRefused(version: RealServer.Version) async throws {
        try await TestAuthority.with { certificates in
            let https = try await certificates.certificate("other", for: "DNS:seedbox.example")
            try await RealServer.with(version, https: https) { real in
                let trust = HTTPTransport.Trust.authorities(certificates.authority)
                #expect(await fault(real, trusting: trust) == .wrongName)
            }
        }
    }

    @Test func plainHTTPToAnHTTPSPortIsNoticed() async throws {
        try await TestAuthority.with { certificates in
            let https = try await certificates.certificate("good", for: "IP:127.0.0.1")
            try await RealServer.with(.v5_1, https: https) { real in
                let server = try Server(scheme: .http, host: "127.0.0.1", port: Int(real.port))
                await #expect(throws: TransportError.tls(.onlyTLS)) {
                    try await HTTPTransport.with(to: server) { try await $0.send(.get("app/version")) }
                }
            }
        }
    }

    /// What is wrong with the certificate, if that is what a sign-in fails at.
    private func fault(_ real: RealServer, trusting trust: HTTPTransport.Trust) async -> CertificateFault? {
        let code = await ServerError.code {
            try await real.connected(trusting: trust) { _, transport in
                try await real.signIn(over: transport, with: real.right)
            }
        }
        guard case .transport(let error) = code else {
            #expect(code == nil)
            return nil
        }
        return error.fault
    }
}
