package import Secrets
import Synchronization
package import SystemPackage

extension VaultStore {
    /// A key of 32 bytes, kept in the vault, that fingerprints of credentials are made with.
    ///
    /// Whoever wants it may not be here for the vault, so nobody is asked for a key, nothing is pinned and nothing told.
    /// Nil where the vault is not open, and not known to this machine or not opened by the key file.
    package func guardKey(openedBy keyFile: FilePath?) -> Secret? {
        if let vault = opened.withLock({ $0 }) { return vault.guardKey }
        guard let keyFile, let pin = try? pins.read(for: path), let file = try? read(path),
            pin.objection(to: file.header) == nil
        else { return nil }
        return try? OpenVault.open(file, with: KeyFile.read(keyFile)).guardKey
    }
}

extension OpenVault {
    fileprivate var guardKey: Secret { payload.secret.copy(VaultPayload.guardRange) }
}
