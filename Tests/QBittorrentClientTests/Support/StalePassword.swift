import Secrets
import TestSupport

/// One wrong password, for many to send.
final class StalePassword: Sendable {
    private let password = Secret.madeUp()

    @Sendable func credentials() -> ServerCredentials {
        ServerCredentials(username: "admin", password: password.copy())
    }
}
