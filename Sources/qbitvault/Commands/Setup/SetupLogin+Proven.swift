import CredentialStores
import QBittorrentClient
import Secrets

extension SetupLogin {
    /// Credentials, and what the server said to them.
    struct Proven: ~Copyable {
        var credentials: ServerCredentials
        let proof: SignIn.Proof?
        /// Of the server, where it was asked.
        let version: WebAPIVersion?

        /// Nil where a key signs in, which needs no name.
        var username: String? {
            switch credentials.login {
            case .some(let login): login.username
            case nil: nil
            }
        }

        mutating func add(_ key: consuming Secret) {
            let login = credentials.copy().takeLogin()
            credentials = ServerCredentials(apiKey: key, login: login)
        }

        /// All of it, under the names that it is kept under.
        func batch(in context: Context) -> SetupBatch {
            var batch = SetupBatch()
            switch credentials.login {
            case .some(let login):
                batch.add(Secret(copying: login.username.utf8), for: context.key(.username))
                batch.add(login.password, for: context.key(.password))
            case nil: break
            }
            switch credentials.apiKey {
            case .some(let key): batch.add(key, for: context.key(.apiKey))
            case nil: break
            }
            return batch
        }
    }
}
