import QBittorrentClient

extension Problem {
    /// - Parameter server: nil where the advice need not name it.
    init(_ problem: TLSProblem, at place: String, of server: Server? = nil) {
        self.init(
            problem.status, problem.sentence, at: place,
            next: problem.remedy(server.map { " --url \($0.site)" } ?? ""))
    }
}

extension TLSProblem {
    /// Where what answers is another protocol, it is not qBittorrent over https; all else is about whom to trust.
    fileprivate var status: ExitStatus {
        switch self {
        case .notTLS, .silent, .onlyTLS: .notQBittorrent
        default: .tlsVerificationFailed
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .untrusted(let fault, let certificate):
            "\(fault.sentence(of: certificate?.content)), so nothing was sent."
        case .changed(let pinned, let presented):
            """
            The server's certificate has changed, so nothing was sent: pinned was \(pinned.words), and it presents \
            \(presented.map(\.words) ?? "none").
            """
        case .protocolVersion: "The server speaks no TLS newer than 1.1, so nothing was sent."
        case .clientCertificateWanted: "The server wants a client certificate, and none is configured."
        case .clientCertificateRefused: "The server does not accept the client certificate."
        case .notTLS: "What answers there does not speak TLS, so nothing was sent."
        case .silent: "It takes the connection and does not answer to TLS, so nothing was sent."
        case .onlyTLS: "What answers there speaks TLS, and was spoken to in plain http."
        case .other: "TLS failed, so nothing was sent."
        }
    }

    /// - Parameter option: names the server to the commands that look at certificates.
    fileprivate func remedy(_ option: String) -> String {
        switch self {
        case .untrusted(let fault, _): fault.remedy(option)
        case .changed:
            """
            if the server was given another certificate, look with `qbitvault trust show\(option)` and pin it \
            with `trust add` instead of `show`; if not, somebody may be in between
            """
        case .protocolVersion: "update what serves https there, or let it speak TLS 1.2 or later"
        case .clientCertificateWanted: "name one with qbittorrent.client_certificate and qbittorrent.client_key"
        case .clientCertificateRefused:
            "check that qbittorrent.client_certificate is in its time, and of an authority that the server knows"
        case .notTLS, .silent: "if it is qBittorrent's plain http port, set use_https: false or write http:// in url"
        case .onlyTLS: "set use_https: true, or write https:// in url"
        case .other: "check the server's TLS settings"
        }
    }
}

extension CertificateFault {
    /// Without a full stop.
    fileprivate func sentence(of certificate: ServerCertificate.Content?) -> String {
        switch self {
        case .expired:
            "The server's certificate has expired\(certificate.map { " on \(Moment($0.notAfter))" } ?? "")"
        case .notYetValid:
            "The server's certificate is not valid yet\(certificate.map { ", not before \(Moment($0.notBefore))" } ?? "")"
        case .issuerOutOfDate: "A certificate above the server's own, which it sends along, is outside of its time"
        case .selfSigned: "The server's certificate is signed by itself, and nobody else vouches for it"
        case .unknownIssuer:
            "The server's certificate is signed by \(certificate?.issuer.shortened ?? "somebody") who is not trusted here"
        case .wrongName:
            "The server's certificate is for another name\(certificate.map { ": \($0.namesInWords)" } ?? "")"
        case .unexplained: "The server's certificate is not trusted"
        }
    }

    fileprivate func remedy(_ option: String) -> String {
        let pinning = "look at it with `qbitvault trust show\(option)`; `trust add` in place of `show` pins it"
        return switch self {
        case .expired, .issuerOutOfDate: "renew it at the server, or \(pinning)"
        case .notYetValid: "check the clocks of both machines, or \(pinning)"
        case .selfSigned: "if it is the server's own, pin it: \(pinning)"
        case .unknownIssuer: "name the issuer's certificate as qbittorrent.ca_file, or \(pinning)"
        case .wrongName: "call the server by that name, or \(pinning)"
        case .unexplained: pinning
        }
    }
}

extension ServerCertificate {
    /// What tells it from another one.
    fileprivate var words: String {
        "SHA-256 \(fingerprint)"
            + (content.map { " (valid from \(Moment($0.notBefore)) to \(Moment($0.notAfter)))" } ?? "")
    }
}

extension ServerCertificate.Content {
    var namesInWords: String {
        names.isEmpty ? "none at all" : names.joined(separator: ", ").shortened
    }
}

extension String {
    /// What a stranger has written must not fill the screen.
    var shortened: String { count > 200 ? prefix(200) + "…" : self }
}
