import NIOSSL

extension TLSProblem {
    /// What an error of NIOSSL means; nil where it is none.
    ///
    /// BoringSSL's errors are opaque but for their text, so that is what is looked at; it goes no further than here.
    init?(_ error: any Error) {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: self = .untrusted(.wrongName, nil)
        // The connection was lost, in the handshake or after it, as when a server is started again.
        case NIOSSLError.uncleanShutdown: return nil
        case NIOSSLError.handshakeFailed(.sslError(let stack)) where stack.contains(.eofDuringHandshake): return nil
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            let text = String(describing: error)
            if let sign = Self.signs.first(where: { text.contains($0.word) }) {
                self = sign.problem
            } else if case NIOSSLError.handshakeFailed = error {
                self = .other
            } else {
                // After the handshake: the request may have arrived.
                return nil
            }
        default: return nil
        }
    }

    private static let signs: [(word: String, problem: TLSProblem)] = [
        ("CERTIFICATE_VERIFY_FAILED", .untrusted(.unexplained, nil)),
        ("CERTIFICATE_REQUIRED", .clientCertificateWanted),
        ("ALERT_BAD_CERTIFICATE", .clientCertificateRefused),
        ("ALERT_UNSUPPORTED_CERTIFICATE", .clientCertificateRefused),
        ("ALERT_CERTIFICATE_", .clientCertificateRefused),
        ("ALERT_UNKNOWN_CA", .clientCertificateRefused),
        ("ALERT_ACCESS_DENIED", .clientCertificateRefused),
        ("PROTOCOL_VERSION", .protocolVersion),
        ("UNSUPPORTED_PROTOCOL", .protocolVersion),
        ("WRONG_VERSION_NUMBER", .notTLS),
        ("HTTP_REQUEST", .notTLS),
        ("UNEXPECTED_RECORD", .notTLS),
    ]
}
