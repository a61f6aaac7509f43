package import NIOSSL
package import SystemPackage

extension TestCertificate {
    /// What a TLS server needs to serve it.
    ///
    /// - Parameter authority: signs the clients' certificates, without which nobody is let in; nil lets anybody in.
    package func serving(clientsOf authority: FilePath? = nil) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.string).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key.string, format: .pem))
        )
        if let authority {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority.string))
            configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }
}
