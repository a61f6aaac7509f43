import Secrets
import TestSupport
import Testing

@testable import QBittorrentClient

@Suite struct SecretHeaderTests {
    @Test(arguments: [false, true])
    func aKeyReachesTheServerInItsHeader(https: Bool) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let certificate = https ? try await TestCertificate.selfSigned(in: folder) : nil
        try await RealServer.with(.v5_3, https: certificate) { real in
            let trust = certificate.map { HTTPTransport.Trust.authorities($0.certificate) } ?? .system
            let key = try await real.makeAPIKey()
            try await real.connected(trusting: trust) { _, transport in
                let good = try await status(with: .bearer(key), transport)
                #expect(good == 200)
                let bad = try await status(with: .bearer(.unknownAPIKey()), transport)
                #expect(bad == 403)
                // Again, on a connection that has carried both.
                let again = try await status(with: .bearer(key), transport)
                #expect(again == 200)
            }
        }
    }

    @Test func severalValuesTakeTheirOwnPlaces() async throws {
        try await RealServer.with(.v5_3) { real in
            let key = try await real.makeAPIKey()
            try await real.connected { _, transport in
                var request = Request.get("app/version")
                request.secretHeaders = [
                    SecretHeader("x-first", Secret(copying: "a".utf8)), SecretHeader.bearer(key),
                    SecretHeader("x-last", Secret(copying: String(repeating: "b", count: 300).utf8)),
                ].compactMap(\.self)
                let answer = try await transport.send(request)
                #expect(answer.status == 200)
            }
        }
    }

    @Test(arguments: ["a\r\nX-Other: b", "a\nb", "a\0", "a\u{7f}"])
    func aValueThatWouldBeAnotherHeaderIsNone(value: String) {
        #expect(SecretHeader("x-header", Secret(copying: value.utf8)) == nil)
    }

    private func status(with header: SecretHeader?, _ transport: CountingTransport) async throws -> Int {
        var request = Request.get("app/version")
        request.secretHeaders = [try #require(header)]
        return try await transport.send(request).status
    }
}
