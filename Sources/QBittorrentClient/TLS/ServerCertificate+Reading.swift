import FoundationEssentials
import NIOCore
import SwiftASN1
import X509

extension ServerCertificate.Content {
    init(der: [UInt8]) throws {
        let certificate = try Certificate(derEncoded: der)
        subject = certificate.subject.description
        issuer = certificate.issuer.description
        notBefore = Int(certificate.notValidBefore.timeIntervalSince1970)
        notAfter = Int(certificate.notValidAfter.timeIntervalSince1970)
        isSelfSigned =
            certificate.subject == certificate.issuer
            && certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
        names = try Self.names(of: certificate)
    }

    /// A certificate without alternative names is for the common name of its subject: that is how TLS looks at it too.
    private static func names(of certificate: Certificate) throws -> [String] {
        guard let alternatives = try certificate.extensions.subjectAlternativeNames else {
            return certificate.subject.flatMap { $0 }
                .filter { $0.type == .RDNAttributeType.commonName }.map { "\($0.value)" }
        }
        return alternatives.compactMap { name in
            switch name {
            case .dnsName(let name): name.lowercased()
            case .ipAddress(let octets):
                try? SocketAddress(packedIPAddress: ByteBuffer(bytes: octets.bytes), port: 0).ipAddress
            default: nil
            }
        }
    }
}
