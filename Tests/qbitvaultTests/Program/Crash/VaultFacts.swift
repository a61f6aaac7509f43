import CredentialStores
import Secrets
import SystemPackage

/// What a vault holds, as one host sees it, in a form that can be compared.
struct VaultFacts: Hashable, Sendable {
    let generation: UInt64
    let identity: String
    /// Names and kinds.
    let slots: [String]
    /// A digest of each value, by server, name and origins.
    let values: [String: [UInt8]]

    /// Opens the vault, as any command would, and remembers it in the host's state folder. Nil: there is no vault.
    static func seen(in vault: FilePath, state: FilePath, key: FilePath) throws(StoreError) -> VaultFacts? {
        let store = VaultStore(vault, state: state, keys: { (_) throws(StoreError) in try KeyFile.read(key) })
        do throws(StoreError) {
            let status = try store.status()
            var values: [String: [UInt8]] = [:]
            for record in try store.list() {
                guard let found = try store.read(record.key) else { continue }
                let name = "\(record.key.server) \(record.key.name) for \(record.origins)"
                values[name] = found.value.withBytes { bytes in
                    PublicBytes.digest(of: bytes.indices.map { bytes[$0] }, count: 16)
                }
            }
            return VaultFacts(
                generation: status.generation, identity: status.fingerprint,
                slots: status.slots.map { "\($0.name): \($0.kind)" }, values: values)
        } catch {
            if error.code == .missing { return nil }
            throw error
        }
    }

    /// The same but for what is made anew at random in each run.
    func isSame(as other: VaultFacts, original: String?) -> Bool {
        generation == other.generation && slots == other.slots && values == other.values
            && (identity == original) == (other.identity == original)
    }
}
