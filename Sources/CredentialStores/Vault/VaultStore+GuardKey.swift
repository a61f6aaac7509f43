package import Secrets
import Synchronization

extension VaultStore {
    /// A key of 32 bytes, kept in the vault, that fingerprints of credentials are made with.
    ///
    /// Whoever wants it may not be here for the vault, so nobody is asked for a key, nothing is pinned and nothing told.
    /// Nil where the vault is not open, and not known to this machine or not opened by a key that costs nothing.
    package func guardKey(openedBy search: KeySearch) -> Secret? {
        if let vault = opened.withLock({ $0 }) { return vault.guardKey }
        guard let pin = try? pins.read(for: path), let file = try? read(path), pin.objection(to: file.header) == nil
        else { return nil }
        switch try? search.quietKey(to: file.header.slots) {
        case let key?: return try? OpenVault.open(file, with: key).guardKey
        case nil: return nil
        }
    }
}

extension OpenVault {
    fileprivate var guardKey: Secret { payload.secret.copy(VaultPayload.guardRange) }
}
