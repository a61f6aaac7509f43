import Secrets
import SecureFiles
import Synchronization
import SystemPackage

extension LoginGuard {
    /// By which a credential is known again. Says nothing about it to who has no key.
    func fingerprint(of credentials: borrowing Credentials, at server: Server) throws(ServerError) -> String {
        try fingerprint(of: credentials.password, as: ["login", server.origin, credentials.username], at: server)
    }

    /// The same of a header that is refused like credentials.
    func fingerprint(of header: SecretHeader, at server: Server) throws(ServerError) -> String {
        try fingerprint(of: header.value, as: ["header", server.origin, header.name.lowercased()], at: server)
    }

    private func fingerprint(
        of secret: borrowing Secret, as parts: [String], at server: Server
    ) throws(ServerError) -> String {
        let context = parts.flatMap { Array("\($0.utf8.count):\($0);".utf8) }
        let message = Secret.joining(Secret(copying: context), secret)
        if let fingerprint = ownersKey.fingerprint(of: message) { return fingerprint.hex }
        do throws(FileError) {
            try Folder.makePrivate(folder)
            let key = try LoginGuardKey.read(in: folder)
            return message.fingerprint(keyedBy: key).prefix(2).hex
        } catch { throw unavailable(error, server) }
    }
}

/// The key that the owner of the credentials has, looked for once, when it is first needed.
final class OwnersKey: Sendable {
    private struct Found: ~Copyable {
        var isComplete = false
        var key: Secret?
    }

    private let find: @Sendable () -> Secret?
    private let found = Mutex(Found())

    init(_ find: @escaping @Sendable () -> Secret?) { self.find = find }

    /// Nil where there is no such key.
    func fingerprint(of message: borrowing Secret) -> [UInt8]? {
        let message = message.copy()
        return found.withLock { found in
            if !found.isComplete {
                found.key = find()
                found.isComplete = true
            }
            return switch found.key {
            case .some(let key): message.fingerprint(keyedBy: key)
            case nil: nil
            }
        }
    }
}
