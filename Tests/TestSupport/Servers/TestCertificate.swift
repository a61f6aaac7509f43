import Subprocess
package import SystemPackage

/// A certificate that nobody vouches for, with its key, in PEM files.
package struct TestCertificate: Sendable {
    package let certificate: FilePath
    package let key: FilePath

    package init(certificate: FilePath, key: FilePath) {
        self.certificate = certificate
        self.key = key
    }

    /// The same, with that of its issuer in the file as well, for a server to send both.
    package func followed(by issuer: TestCertificate) throws -> TestCertificate {
        let both = TestCertificate(certificate: FilePath(certificate.string + ".chain"), key: key)
        try Files.write(Files.bytes(certificate) + Files.bytes(issuer.certificate), to: both.certificate)
        return both
    }

    /// SHA-256 of the certificate, as openssl computes it: lower-case hexadecimal without colons.
    package var fingerprint: String {
        get async throws {
            let run = try await ToolRun.succeeding(
                .name("openssl"), ["x509", "-in", certificate.string, "-noout", "-fingerprint", "-sha256"])
            return run.text.split(separator: "=").last?.filter(\.isHexDigit).lowercased() ?? ""
        }
    }

    /// Makes one that signs itself, for two days, in `folder`.
    ///
    /// - Parameter name: an address (`IP:127.0.0.1`) or a host name (`DNS:localhost`).
    package static func selfSigned(
        for name: String = "IP:127.0.0.1",
        in folder: FilePath
    ) async throws -> TestCertificate {
        let made = TestCertificate(certificate: folder.appending("server.pem"), key: folder.appending("server.key"))
        _ = try await ToolRun.succeeding(
            .name("openssl"),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
                "-subj", "/CN=qBitVault test", "-addext", "subjectAltName=\(name)",
                "-out", made.certificate.string, "-keyout", made.key.string,
            ]
        )
        return made
    }
}
