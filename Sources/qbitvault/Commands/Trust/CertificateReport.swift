import QBittorrentClient

/// What is told of a server's certificate.
struct CertificateReport: Encodable, CustomStringConvertible {
    let server: String
    /// SHA-256 in hexadecimal.
    let fingerprint: String
    let subject: String?
    let names: [String]?
    let issuer: String?
    /// Seconds since 1970.
    let notBefore: Int?
    let notAfter: Int?
    /// Whether it is believed without a pin.
    let trusted: Bool
    let faults: [String]
    /// Whether this certificate is the pinned one.
    let pinned: Bool
    /// What is pinned for this server, if anything.
    let pinnedFingerprint: String?
    let reasons: [String]

    init(_ look: ServerLook, of server: Server, pin: ServerCertificate?) {
        let content = look.certificate.content
        self.server = server.site
        fingerprint = look.certificate.fingerprint
        (subject, names, issuer) = (content?.subject, content?.names, content?.issuer)
        (notBefore, notAfter) = (content?.notBefore, content?.notAfter)
        trusted = look.faults.isEmpty
        faults = look.faults.map(\.code)
        reasons = look.faults.map(\.words)
        pinned = pin == look.certificate
        pinnedFingerprint = pin?.fingerprint
    }

    private enum CodingKeys: String, CodingKey {
        case server, fingerprint, subject, names, issuer, trusted, faults, pinned
        case notBefore = "not_before"
        case notAfter = "not_after"
        case pinnedFingerprint = "pinned_fingerprint"
    }

    var description: String {
        var lines = [server, "fingerprint: SHA-256 \(fingerprint)"]
        if let subject, let names, let issuer, let notBefore, let notAfter {
            lines += [
                "subject:     \(subject.shortened)",
                "names:       \(names.isEmpty ? "none" : names.joined(separator: ", ").shortened)",
                "issuer:      \(subject == issuer ? "itself" : issuer.shortened)",
                "valid:       from \(Moment(notBefore)) to \(Moment(notAfter))",
            ]
        } else {
            lines.append("content:     it cannot be read")
        }
        lines.append("trusted:     \(trusted ? "yes" : "no: \(reasons.joined(separator: "; "))")")
        let other = pinnedFingerprint.map { "no: pinned is SHA-256 \($0)" } ?? "no"
        lines.append("pinned:      \(pinned ? "yes, this one and no other is accepted" : other)")
        // What a stranger has written must not move the cursor.
        return lines.map(\.printable).joined(separator: "\n")
    }
}

extension CertificateFault {
    /// The case's name in snake case, for JSON.
    fileprivate var code: String {
        switch self {
        case .expired: "expired"
        case .notYetValid: "not_yet_valid"
        case .issuerOutOfDate: "issuer_out_of_date"
        case .selfSigned: "self_signed"
        case .unknownIssuer: "unknown_issuer"
        case .wrongName: "wrong_name"
        case .unexplained: "unexplained"
        }
    }

    fileprivate var words: String {
        switch self {
        case .expired: "it has expired"
        case .notYetValid: "it is not valid yet"
        case .issuerOutOfDate: "one above it is outside of its time"
        case .selfSigned: "it is signed by itself"
        case .unknownIssuer: "its issuer is not trusted here"
        case .wrongName: "it is for another name"
        case .unexplained: "it could not be verified"
        }
    }
}
