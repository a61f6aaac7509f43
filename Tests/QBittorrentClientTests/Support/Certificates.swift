import NIOSSL
import Subprocess
import SystemPackage
import TestSupport

/// An authority, and certificates for 127.0.0.1 that it has signed, made on the spot by openssl.
struct Certificates {
    let folder: FilePath

    var authority: FilePath { folder.appending("ca.pem") }

    /// Makes an authority for the duration of `body`.
    static func with<R>(_ body: (Certificates) async throws -> R) async throws -> R {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let certificates = Certificates(folder: folder)
        try await certificates.make("ca", "/CN=Test Authority", [])
        return try await body(certificates)
    }

    /// The file names of a certificate and its key.
    func leaf(_ name: String, for address: String) async throws -> (certificate: FilePath, key: FilePath) {
        let signed = ["-CA", authority.string, "-CAkey", folder.appending("ca.key").string]
        try await make(name, "/CN=\(name)", signed + ["-addext", "subjectAltName=\(address)"])
        return (folder.appending("\(name).pem"), folder.appending("\(name).key"))
    }

    /// What a TLS server needs to serve `leaf`.
    func serving(_ name: String, for address: String) async throws -> TLSConfiguration {
        let leaf = try await leaf(name, for: address)
        return .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(leaf.certificate.string).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: leaf.key.string, format: .pem))
        )
    }

    private func make(_ name: String, _ subject: String, _ more: [String]) async throws {
        let run = try await Subprocess.run(
            .name("openssl"),
            arguments: .init(
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", subject, "-keyout", folder.appending("\(name).key").string,
                    "-out", folder.appending("\(name).pem").string,
                ] + more
            ),
            output: .discarded,
            error: .string(limit: 10_000)
        )
        guard run.terminationStatus == .exited(0) else { throw OpenSSLFailed(text: run.standardError) }
    }

    struct OpenSSLFailed: Error { let text: String }
}
