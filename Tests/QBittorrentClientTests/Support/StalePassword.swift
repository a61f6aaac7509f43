import Secrets
import TestSupport

/// One wrong password, for many to send.
final class StalePassword: Sendable {
    private let password = Secret.madeUp()

    func credentials() -> Credentials { Credentials(username: "admin", password: password.copy()) }
}
