import Glibc
import NIOSSL

/// What a server presents of itself before anything is sent to it, and whether that would do.
package struct ServerLook: Sendable {
    package let certificate: ServerCertificate
    /// Everything that can be seen to be wrong with it; empty where it is trusted without a pin.
    package let faults: [CertificateFault]
}

extension HTTPTransport {
    /// Looks at the certificate of an https server. Nothing is sent, not even a client certificate.
    ///
    /// - Parameter settings: whom to trust; a pin is not looked at.
    package static func look(at server: Server, _ settings: Settings) async throws(TransportError) -> ServerLook {
        let handshake = Handshake(server, settings)
        let chain = try await handshake.certificates()
        guard let own = chain.first else { throw .tls(.other) }
        // Through a proxy an address cannot be compared, so what can be seen is all there is to tell.
        if handshake.proxy != nil, settings.trust != .anything, Host.isAddress(server.host) {
            let seen = CertificateFault.all(in: chain, for: server.host, now: time(nil))
            return ServerLook(certificate: own, faults: seen.isEmpty ? [.unexplained] : seen)
        }
        do throws(TransportError) { try await handshake.verify(settings.trust.configuration()) } catch {
            switch error {
            case .tls(.untrusted(let fault, _)):
                return ServerLook(certificate: own, faults: fault.explained(by: chain, for: server.host))
            // The certificate was seen all the same: a server that insists on one of the client's ends so in TLS 1.2.
            case .tls, .unreachable(.closed):
                let seen = CertificateFault.all(in: chain, for: server.host, now: time(nil))
                return ServerLook(certificate: own, faults: seen.isEmpty ? [.unexplained] : seen)
            default: throw error
            }
        }
        return ServerLook(certificate: own, faults: [])
    }
}

extension CertificateFault {
    /// What the library below found, and what it cannot tell.
    func explained(by chain: [ServerCertificate], for host: String) -> [CertificateFault] {
        let seen = Self.all(in: chain, for: host, now: time(nil))
        switch self {
        // Everything else was found to be in order.
        case .wrongName: return [.wrongName]
        // Whatever can be seen is not all that is wrong, if it is the name alone.
        case .unexplained where seen.isEmpty || seen == [.wrongName]: return [.unknownIssuer] + seen
        default: return seen
        }
    }
}
