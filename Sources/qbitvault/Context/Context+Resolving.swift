import CredentialStores
import Secrets

/// Whether there is something to sign in with, found out in the way of every command that signs in.
struct Resolution: Sendable {
    /// What would be used.
    struct Found: Sendable {
        let place: Place
        let hasPassword: Bool
        let hasAPIKey: Bool
        /// Where the vault's key came from, and the slot that it opens; nil where the vault has no part in it.
        let key: KeySource?
        let slot: String?
    }

    let outcome: Result<Found, Problem>
    /// All of it: looking, opening, reading.
    let duration: Duration
}

extension Context {
    /// Looks up what a run would sign in with, headers for a proxy included, and drops it.
    ///
    /// - Parameter chain: who answers.
    func resolve(_ chain: CredentialChain) -> Resolution {
        let start = ContinuousClock.now
        let outcome: Result<Resolution.Found, Problem>
        do {
            let found = try found(in: chain)
            _ = try headers(for: try server())
            outcome = .success(found)
        } catch { outcome = .failure(Problem(from: error)) }
        return Resolution(outcome: outcome, duration: start.duration(to: .now))
    }

    private func found(in chain: CredentialChain) throws -> Resolution.Found {
        let answer = try credentials(from: chain, wanted)
        let place = answer.place
        let credentials = answer.take()
        let isOfTheVault = place.kind == .vault
        return Resolution.Found(
            place: place, hasPassword: credentials.hasLogin, hasAPIKey: credentials.hasAPIKey,
            key: isOfTheVault ? try vaultKeys().sourceInUse : nil,
            slot: isOfTheVault ? try vault().slotInUse?.name : nil)
    }
}
