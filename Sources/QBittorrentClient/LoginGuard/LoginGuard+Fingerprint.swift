import Secrets
import SecureFiles

extension LoginGuard {
    /// By which a refused credential is known again. Says nothing about it to who has no key.
    func fingerprint(of credentials: borrowing Credentials, at server: Server) throws(ServerError) -> String {
        let parts = ["login", server.origin, credentials.username]
        let context = parts.flatMap { Array("\($0.utf8.count):\($0);".utf8) }
        let message = Secret.joining(Secret(copying: context), credentials.password)
        switch vaultKey {
        case .some(let key): return message.fingerprint(keyedBy: key).hex
        case nil:
            do throws(FileError) {
                try Folder.makePrivate(folder)
                let key = try LoginGuardKey.read(in: folder)
                return message.fingerprint(keyedBy: key).prefix(2).hex
            } catch { throw unavailable(error, server) }
        }
    }
}
