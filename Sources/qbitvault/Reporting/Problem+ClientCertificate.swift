import QBittorrentClient
import SystemPackage

extension Problem {
    init(_ problem: ClientCertificateProblem) {
        switch problem {
        case .noCertificate(let path):
            self.init(
                .configuration, "The file of the client certificate cannot be used.", at: path.string,
                next: "name a readable file of certificates in PEM form as qbittorrent.client_certificate")
        case .keyFile(let error):
            let problem = Problem(reading: error)
            self.init(
                problem.status == .unsafePermissions ? .unsafePermissions : .configuration,
                "The key of the client certificate cannot be used. \(error.sentence)", at: problem.place,
                next: problem.status == .unsafePermissions
                    ? problem.next : "name a file that this user can read as qbittorrent.client_key")
        case .noKey(let path):
            self.init(
                .configuration, "The file of the client certificate's key holds no private key.", at: path.string,
                next: "name a key in PEM form as qbittorrent.client_key")
        case .encryptedKey(let path):
            self.init(
                .configuration, "The key of the client certificate has a passphrase, which is not asked for.",
                at: path.string,
                next: "keep it without one in a file of its own: openssl pkey -in \(path) -out FILE; chmod 600 FILE")
        case .mismatch(let certificate, let key):
            self.init(
                .configuration, "The client certificate and the key do not belong together.",
                at: "\(certificate), \(key)",
                next:
                    "correct qbittorrent.client_certificate or qbittorrent.client_key; the own one comes first in a chain"
            )
        }
    }
}
