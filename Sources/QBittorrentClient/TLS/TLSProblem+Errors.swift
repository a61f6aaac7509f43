import NIOSSL

extension TLSProblem {
    /// What an error of NIOSSL means; nil where it is none.
    ///
    /// BoringSSL's errors are opaque but for their text, so that is what is looked at; it goes no further than here.
    init?(_ error: any Error) {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: self = .untrusted(.wrongName, nil)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            let text = String(describing: error)
            self = Self.signs.first { text.contains($0.word) }?.problem ?? .other
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
