/// Why a certificate is not believed.
package enum CertificateFault: String, Sendable {
    case expired, notYetValid
    /// One above the server's own, which the server sent along, is outside of its time.
    case issuerOutOfDate
    /// It vouches for itself.
    case selfSigned
    /// Whoever signed it is not among the trusted.
    case unknownIssuer
    /// It is for another name than the server is called by.
    case wrongName
    /// It is not known why: nobody had a second look at it.
    case unexplained
}

extension CertificateFault {
    /// Everything that can be seen to be wrong with certificates, the weightiest first.
    ///
    /// - Parameters:
    ///   - chain: what the server has sent, its own first.
    ///   - host: what the server is called by.
    ///   - now: seconds since 1970.
    static func all(in chain: [ServerCertificate], for host: String, now: Int) -> [CertificateFault] {
        guard let own = chain.first?.content else { return [.unexplained] }
        var faults: [CertificateFault] = []
        if own.notAfter < now { faults.append(.expired) }
        if own.notBefore > now { faults.append(.notYetValid) }
        let above = chain.dropFirst().compactMap(\.content)
        if above.contains(where: { $0.notAfter < now || $0.notBefore > now }) { faults.append(.issuerOutOfDate) }
        if own.isSelfSigned { faults.append(.selfSigned) }
        if !own.isFor(host) { faults.append(.wrongName) }
        return faults
    }
}

extension ServerCertificate.Content {
    /// Whether one of the names is `host`; a star stands for one label, the first.
    func isFor(_ host: String) -> Bool {
        let rest = host.firstIndex(of: ".").map { host[$0...] }
        return names.contains { name in
            name == host || (name.hasPrefix("*.") && rest.map { name.dropFirst() == $0 } ?? false)
        }
    }
}
