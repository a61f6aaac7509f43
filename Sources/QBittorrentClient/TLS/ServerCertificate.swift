import Crypto
import Secrets

/// A certificate that a server has presented, as far as people need to know it. Nothing in it is a secret.
package struct ServerCertificate: Hashable, Sendable {
    /// All of it, as it came.
    package let der: [UInt8]
    /// What stands in it; nil where it can be compared and not be read.
    package var content: Content? { try? Content(der: der) }

    package struct Content: Hashable, Sendable {
        /// Distinguished names, such as `CN=nas.example,O=Home`.
        package let subject: String
        package let issuer: String
        /// Host names and addresses that it is for.
        package let names: [String]
        /// Seconds since 1970.
        package let notBefore: Int
        package let notAfter: Int
        /// Whether it vouches for itself, so that nobody else does.
        package let isSelfSigned: Bool
    }

    package init(der: [UInt8]) { self.der = der }

    /// SHA-256 of the whole certificate in lower-case hexadecimal, as `openssl x509 -fingerprint -sha256` computes it.
    package var fingerprint: String { SHA256.hash(data: der).hex }
}
