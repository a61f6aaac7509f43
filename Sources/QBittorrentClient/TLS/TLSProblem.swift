/// Why there is no TLS with a server, or none that may be relied on.
package enum TLSProblem: Hashable, Sendable {
    /// The certificate is not believed. Nil: a second look at it did not succeed.
    case untrusted(CertificateFault, ServerCertificate?)
    /// The certificate is not the one that was pinned. Nil: there was none.
    case changed(pinned: ServerCertificate, presented: ServerCertificate?)
    /// The server speaks nothing newer than TLS 1.1.
    case protocolVersion
    /// The server wants a client certificate, and none was given.
    case clientCertificateWanted
    /// The server does not accept the client certificate that was given.
    case clientCertificateRefused
    /// https was spoken, and what answers is not TLS.
    case notTLS
    /// https was spoken, and nothing answered on a connection that was made: qBittorrent's plain http port is such
    /// (observed).
    case silent
    /// http was spoken to a port that speaks TLS.
    case onlyTLS
    case other

    /// Whether the server cannot have seen the request.
    var nothingWasSent: Bool {
        switch self {
        case .untrusted, .changed, .protocolVersion, .notTLS, .silent, .other: true
        // TLS 1.3 says so when the request may be on its way, and proxies say so in an answer to it.
        case .clientCertificateWanted, .clientCertificateRefused, .onlyTLS: false
        }
    }
}
