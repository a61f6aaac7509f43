package import Secrets

/// How to sign in, and what a sign-in has shown.
package enum SignIn {
    /// Gives the credentials: first when a sign-in needs them, and once more when the server has refused them, because
    /// another process may have changed them in the store meanwhile.
    package typealias Source = @Sendable () async throws -> ServerCredentials

    package enum Proof: String, Sendable {
        /// The server has accepted the user name and the password.
        case password
        /// The server has accepted the API key.
        case apiKey
        /// The server asks this address for no login, so nothing is proved: it would accept any password (observed).
        case bypass
    }

    /// How far the memory of failed logins is obeyed.
    package enum Insistence: Sendable {
        case unattended
        /// A person is present: the stop after three failures does not hold.
        case person
        /// A person has asked for it: nothing holds.
        case force
    }

    package struct Rules: Sendable {
        /// Whether a password may go over plain http to this server although it is not on this machine.
        package var allowsPlainHTTP = false
        package var insistence = Insistence.unattended
        package var retries = RetryRules()
        /// Asked when the memory of failed logins stands against a login; true sends the credentials all the same, once.
        package var insists: @Sendable (ServerError) async throws -> Bool = { _ in false }
        /// The `Authorization` of a proxy in front, sent only after such a one has asked for it.
        package var proxyAuthorization: SecretHeader?
        /// Whether a key that the server refuses is an error even where no login is needed.
        package var needsAPIKey = false

        package init() {}
    }
}

/// What the anonymous question has shown.
package enum Probe: String, Sendable { case needsLogin, bypass }
