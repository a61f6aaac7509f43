import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A client certificate that cannot be used.
struct UnusablePair: Sendable, CustomTestStringConvertible {
    let status: ExitStatus
    let words: String
    let prepare: @Sendable (Scene, TestAuthority) async throws -> Void

    var testDescription: String { words }

    static let all = [
        UnusablePair(status: .configuration, words: "needs its key, and a key its certificate") { scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            try scene.configure("qbittorrent: {client_certificate: \"\(client.certificate)\"}\n")
        },
        UnusablePair(status: .configuration, words: "do not belong together") { scene, authority in
            let one = try await authority.certificate("one", for: "DNS:client")
            let two = try await authority.certificate("two", for: "DNS:client")
            try scene.use(TestCertificate(certificate: one.certificate, key: two.key))
        },
        UnusablePair(status: .configuration, words: "has a passphrase") { scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            let sealed = scene.home.path.appending("sealed.key")
            _ = try await ToolRun.succeeding(
                .name("openssl"),
                ["pkey", "-in", client.key.string, "-aes256", "-passout", "pass:hush", "-out", sealed.string])
            try Files.setMode(sealed, 0o600)
            try scene.use(TestCertificate(certificate: client.certificate, key: sealed))
        },
        UnusablePair(status: .configuration, words: "holds no private key") { scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            try Files.write("nothing\n", to: client.key)
            try scene.use(client)
        },
        UnusablePair(status: .configuration, words: "file of the client certificate cannot be used") {
            scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            try Files.write("nothing\n", to: client.certificate)
            try scene.use(client)
        },
        UnusablePair(status: .configuration, words: "cannot be used. It is not there") { scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            try scene.use(TestCertificate(certificate: client.certificate, key: "/nonexistent/key"))
        },
        UnusablePair(status: .unsafePermissions, words: "It is open to others") { scene, authority in
            let client = try await authority.certificate("client", for: "DNS:client")
            try Files.setMode(client.key, 0o640)
            try scene.use(client)
        },
    ]
}

extension Scene {
    /// Configures a client certificate.
    func use(_ client: TestCertificate) throws {
        try configure(
            "qbittorrent: {client_certificate: \"\(client.certificate)\", client_key: \"\(client.key)\"}\n")
    }
}
