import Glibc
import NIOSSL
import Secrets
package import SecureFiles
package import SystemPackage

/// A certificate that tells a proxy in front of the server who is calling.
package struct ClientCertificate: Hashable, Sendable {
    /// The certificate, and those between it and its authority, in PEM.
    package let certificate: FilePath
    /// Its key in PEM, without a passphrase, in a file that is closed to others.
    package let key: FilePath

    package init(certificate: FilePath, key: FilePath) {
        self.certificate = certificate
        self.key = key
    }
}

/// Why a client certificate cannot be used. It holds paths, and nothing of what is in the files.
package enum ClientCertificateProblem: Error, Hashable {
    /// The file cannot be read, or holds no certificate.
    case noCertificate(FilePath)
    /// The key's file is not there, or open to others.
    case keyFile(FileError)
    /// The file holds no private key.
    case noKey(FilePath)
    /// The key has a passphrase.
    case encryptedKey(FilePath)
    /// The key belongs to another certificate.
    case mismatch(certificate: FilePath, key: FilePath)
}

extension ClientCertificate {
    /// Puts both into `configuration`.
    func add(to configuration: inout TLSConfiguration) throws(ClientCertificateProblem) {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate.string), !chain.isEmpty else {
            throw .noCertificate(certificate)
        }
        let privateKey = try readKey()
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(privateKey)
        // A connection would say so too, when it is too late to say which file is wrong.
        var trial = configuration
        trial.trustRoots = .certificates([])
        guard (try? NIOSSLContext(configuration: trial)) != nil else {
            throw .mismatch(certificate: certificate, key: key)
        }
    }

    private func readKey() throws(ClientCertificateProblem) -> NIOSSLPrivateKey {
        let text: Secret
        do throws(FileError) { text = try FileReading.secret(at: key, rule: .strict, limit: 1 << 16) } catch {
            throw .keyFile(error)
        }
        let passphrase = Passphrase()
        do { return try text.asPrivateKey(passphrase) } catch {
            throw passphrase.wasWanted ? .encryptedKey(key) : .noKey(key)
        }
    }
}

/// Never given, but it is noticed when one is wanted.
private final class Passphrase {
    var wasWanted = false
}

extension Secret {
    /// The library takes an array, so that is what holds a copy: exactly sized, and wiped in place.
    fileprivate borrowing func asPrivateKey(_ passphrase: Passphrase) throws -> NIOSSLPrivateKey {
        let count = self.count
        var bytes = unsafe withUnsafeBytes { unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) }
        defer {
            unsafe bytes.withUnsafeMutableBytes { room in
                if let start = room.baseAddress { unsafe explicit_bzero(start, room.count) }
            }
        }
        return try NIOSSLPrivateKey(bytes: bytes, format: .pem) { (_: ([UInt8]) -> Void) in
            passphrase.wasWanted = true
        }
    }
}
