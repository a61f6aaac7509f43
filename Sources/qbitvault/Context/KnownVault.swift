import CredentialStores
import Synchronization

/// The vault of a run, made when it is first needed.
final class KnownVault: Sendable {
    private let store = Mutex<VaultStore?>(nil)

    func vault(_ make: () throws -> VaultStore) rethrows -> VaultStore {
        if let vault = store.withLock({ $0 }) { return vault }
        let vault = try make()
        store.withLock { $0 = vault }
        return vault
    }
}
