import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct HTTPSTests {
    @Test(arguments: RealServer.Version.allCases)
    func aCertificateIsVerifiedBeforeAnythingIsSent(version: RealServer.Version) async throws {
        try await Certificates.with { certificates in
            let leaf = try await certificates.leaf("good", for: "IP:127.0.0.1")
            let https = TestCertificate(certificate: leaf.certificate, key: leaf.key)
            try await RealServer.with(version, https: https) { real in
                #expect(await code(real, trusting: .system) == .transport(.tls(.untrusted)))
                #expect(await code(real, trusting: .authorities(certificates.authority)) == nil)
                #expect(await code(real, trusting: .anything) == nil)
            }
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aNameThatTheCertificateDoesNotHaveIsRefused(version: RealServer.Version) async throws {
        try await Certificates.with { certificates in
            let leaf = try await certificates.leaf("other", for: "DNS:seedbox.example")
            let https = TestCertificate(certificate: leaf.certificate, key: leaf.key)
            try await RealServer.with(version, https: https) { real in
                let trust = HTTPTransport.Trust.authorities(certificates.authority)
                #expect(await code(real, trusting: trust) == .transport(.tls(.wrongName)))
            }
        }
    }

    @Test func plainHTTPToAnHTTPSPortIsClosed() async throws {
        try await Certificates.with { certificates in
            let leaf = try await certificates.leaf("good", for: "IP:127.0.0.1")
            let https = TestCertificate(certificate: leaf.certificate, key: leaf.key)
            try await RealServer.with(.v5_1, https: https) { real in
                let server = try Server(scheme: .http, host: "127.0.0.1", port: Int(real.port))
                await #expect(throws: TransportError.unreachable(.closed)) {
                    try await HTTPTransport.with(to: server) { try await $0.send(.get("app/version")) }
                }
            }
        }
    }

    private func code(_ real: RealServer, trusting trust: HTTPTransport.Trust) async -> ServerError.Code? {
        await ServerError.code {
            try await real.connected(trusting: trust) { _, transport in
                try await real.signIn(over: transport, with: real.right)
            }
        }
    }
}
