import NIOSSL
import SystemPackage
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct TLSTests {
    @Test func theRightAuthorityIsBelieved() async throws {
        try await TestAuthority.with { certificates in
            let tls = try await certificates.certificate("good", for: "IP:127.0.0.1").serving()
            let response = try await ask(tls, trusting: .authorities(certificates.authority))
            #expect(response.text == "hi")
        }
    }

    @Test func aStrangerIsNotBelieved() async throws {
        try await TestAuthority.with { certificates in
            let tls = try await certificates.certificate("good", for: "IP:127.0.0.1").serving()
            try await TestAuthority.with { others in
                for trust in [HTTPTransport.Trust.system, .authorities(others.authority)] {
                    #expect(await fault(tls, trusting: trust) == .unknownIssuer)
                }
            }
        }
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        try await TestAuthority.with { certificates in
            for (name, address) in [("other", "IP:127.0.0.2"), ("named", "DNS:localhost")] {
                let tls = try await certificates.certificate(name, for: address).serving()
                #expect(await fault(tls, trusting: .authorities(certificates.authority)) == .wrongName)
            }
        }
    }

    @Test func nothingOlderThanTLS12IsSpoken() async throws {
        try await TestAuthority.with { certificates in
            var tls = try await certificates.certificate("good", for: "IP:127.0.0.1").serving()
            tls.minimumTLSVersion = .tlsv1
            tls.maximumTLSVersion = .tlsv11
            await #expect(throws: TransportError.tls(.protocolVersion)) {
                try await ask(tls, trusting: .authorities(certificates.authority))
            }
        }
    }

    @Test func verificationIsOffOnlyWhenToldSo() async throws {
        try await TestAuthority.with { certificates in
            let tls = try await certificates.certificate("other", for: "IP:127.0.0.2").serving()
            #expect(try await ask(tls, trusting: .anything).text == "hi")
        }
    }

    /// It ends the handshake after its own certificate has been seen.
    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func theCertificateIsSeenWhereTheClientsIsMissing(_ version: TLSVersion) async throws {
        try await TestAuthority.with { certificates in
            let own = try await certificates.certificate("good", for: "IP:127.0.0.1")
            var tls = try own.serving(clientsOf: certificates.authority)
            tls.maximumTLSVersion = version
            let look = try await FaultServer.with(.stayMute, tls: tls) { server in
                var settings = HTTPTransport.Settings()
                settings.trust = .authorities(certificates.authority)
                let server = try Server(scheme: .https, host: server.host, port: server.port)
                return try await HTTPTransport.look(at: server, settings)
            }
            #expect(look.certificate.content?.names == ["127.0.0.1"])
            #expect(look.faults == (version == .tlsv12 ? [.unexplained] : []))
        }
    }

    @Test func aFileWithoutAuthoritiesIsAnError() async throws {
        let server = try Server("https://127.0.0.1:1")
        for path in ["/nowhere/ca.pem", "/dev/null"] {
            var settings = HTTPTransport.Settings()
            settings.trust = .authorities(FilePath(path))
            #expect(throws: TransportError.authoritiesUnusable(FilePath(path))) {
                _ = try HTTPTransport(to: server, settings)
            }
        }
    }

    @Test func tlsToAPlainPortEndsInTime() async throws {
        try await FaultServer.with(.stayMute) { plain in
            let server = try Server(scheme: .https, host: plain.host, port: plain.port)
            var settings = HTTPTransport.Settings()
            settings.connectTimeout = .milliseconds(300)
            await #expect(throws: TransportError.tls(.silent)) {
                try await HTTPTransport.with(to: server, settings) { try await $0.send(.get("app/version")) }
            }
        }
    }

    /// What is wrong with the certificate, if that is what asking fails at.
    private func fault(_ tls: TLSConfiguration, trusting trust: HTTPTransport.Trust) async -> CertificateFault? {
        do {
            _ = try await ask(tls, trusting: trust)
            return nil
        } catch { return (error as? TransportError)?.fault }
    }

    private func ask(_ tls: TLSConfiguration, trusting trust: HTTPTransport.Trust) async throws -> Response {
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"
        return try await FaultServer.with(.answer(answer), tls: tls) { server in
            var settings = HTTPTransport.Settings()
            settings.trust = trust
            return try await HTTPTransport.with(to: server, settings) { try await $0.send(.get("app/version")) }
        }
    }
}
