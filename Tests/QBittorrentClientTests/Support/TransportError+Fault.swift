@testable import QBittorrentClient

extension TransportError {
    /// What is wrong with the server's certificate, which a second look must have seen.
    var fault: CertificateFault? {
        if case .tls(.untrusted(let fault, _?)) = self { fault } else { nil }
    }
}
