import Subprocess
package import SystemPackage

/// A certificate authority that nobody knows, and certificates of any age that it has signed, made by openssl.
package struct TestAuthority: Sendable {
    package let folder: FilePath
    private let name: String

    /// Its own certificate in PEM.
    package var authority: FilePath { file(name, "pem") }

    /// When a certificate is in its time.
    package enum Age: Sendable { case current, expired, notYetValid }

    /// Makes an authority for the duration of `body`.
    package static func with<R>(
        named name: String = "Test Authority", _ body: (TestAuthority) async throws -> R
    ) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let made = TestAuthority(folder: folder, name: name)
        _ = try await made.certificate(name, for: nil, signsItself: true)
        return try await body(made)
    }

    /// Makes a certificate for `address` (`IP:127.0.0.1`, `DNS:localhost`); nil is an authority.
    ///
    /// - Parameters:
    ///   - name: of its files, and its common name.
    ///   - signsItself: whether it is its own authority.
    ///   - issuer: who signs it in the authority's place.
    package func certificate(
        _ name: String, for address: String?, _ age: Age = .current, signsItself: Bool = false,
        by issuer: TestCertificate? = nil
    ) async throws -> TestCertificate {
        let made = TestCertificate(certificate: file(name, "pem"), key: file(name, "key"))
        try await openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/CN=\(name)",
            "-keyout", made.key.string, "-out", file(name, "csr").string)
        // Only `openssl ca` takes dates, and it wants a configuration and a database.
        try Files.write("", to: file(name, "index"))
        try Files.write(configuration(name, address), to: file(name, "conf"))
        let own = TestCertificate(certificate: authority, key: file(self.name, "key"))
        let signer = signsItself ? made : issuer ?? own
        let signing =
            ["-keyfile", signer.key.string] + (signsItself ? ["-selfsign"] : ["-cert", signer.certificate.string])
        try await openssl(
            ["ca", "-batch", "-notext", "-config", file(name, "conf").string] + signing + age.options
                + ["-in", file(name, "csr").string, "-out", made.certificate.string])
        return made
    }

    private func configuration(_ name: String, _ address: String?) -> String {
        """
        [ca]
        default_ca = it
        [it]
        database = \(file(name, "index"))
        new_certs_dir = \(folder)
        rand_serial = yes
        default_md = sha256
        policy = any
        x509_extensions = extensions
        [any]
        commonName = supplied
        [extensions]
        \(address.map { "subjectAltName = \($0)" } ?? "basicConstraints = critical,CA:TRUE")

        """
    }

    private func file(_ name: String, _ kind: String) -> FilePath { folder.appending("\(name).\(kind)") }

    private func openssl(_ arguments: String...) async throws { try await openssl(arguments) }

    private func openssl(_ arguments: [String]) async throws {
        _ = try await ToolRun.succeeding(.name("openssl"), arguments)
    }
}

extension TestAuthority.Age {
    fileprivate var options: [String] {
        switch self {
        case .current: ["-days", "2"]
        case .expired: ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"]
        case .notYetValid: ["-startdate", "20900101000000Z", "-enddate", "20900201000000Z"]
        }
    }
}
