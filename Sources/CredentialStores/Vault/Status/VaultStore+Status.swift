import Secrets

extension VaultStore {
    /// Whether the key at hand opens the vault, and nothing was written since it was made.
    package var isUnused: Bool {
        guard let vault = try? reload() else { return false }
        return vault.payload.items.isEmpty && vault.file.header.versions.generation == 1
    }

    /// Looks at the vault without opening it. A file that this host's pin contradicts is refused.
    package func status() throws(StoreError) -> VaultStatus {
        let pin = try pins.read(for: path)
        let file = try read(path)
        if let objection = pin?.objection(to: file.header) { throw StoreError(objection, at: place) }
        return VaultStatus(of: file, pin: pin)
    }
}
