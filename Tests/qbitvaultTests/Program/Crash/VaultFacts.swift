import Secrets
import SystemPackage

@testable import CredentialStores

/// What a vault holds, as one host sees it, in a form that can be compared.
struct VaultFacts: Hashable, Sendable {
    let generation: UInt64
    let identity: String
    /// Names and kinds.
    let slots: [String]
    /// A digest of each value, by server, name and origins.
    let values: [String: [UInt8]]

    /// It was changed apart from what the host knows, and is not opened.
    static let forked = VaultFacts(generation: 0, identity: "", slots: [], values: [:])

    /// Opens the vault, as any command would, and remembers it in the host's state folder. Nil: there is no vault.
    static func seen(in vault: FilePath, state: FilePath, key: FilePath) throws(StoreError) -> VaultFacts? {
        let store = VaultStore(vault, state: state, keys: { (_) throws(StoreError) in try KeyFile.read(key) })
        let vault: OpenVault
        do throws(StoreError) { vault = try store.current() } catch {
            switch error.code {
            case .missing: return nil
            case .forked: return .forked
            default: throw error
            }
        }
        var values: [String: [UInt8]] = [:]
        for item in vault.payload.items {
            let name = "\(item.entry.key.server) \(item.entry.key.name) for \(item.entry.origins)"
            values[name] = vault.payload.secret.withBytes { bytes in
                PublicBytes.digest(of: item.value.map { bytes[$0] }, count: 16)
            }
        }
        let header = vault.file.header
        return VaultFacts(
            generation: header.versions.generation, identity: header.identity.hex,
            slots: header.slots.map { "\($0.name): \($0.kind)" }, values: values)
    }

    /// Whether a host would believe the vault as it lies there.
    static func isBelieved(_ vault: FilePath, state: FilePath) throws(StoreError) {
        let noKey: VaultKeyProvider = { (_) throws(StoreError) in throw StoreError(.noKey, at: Place(.key)) }
        do throws(StoreError) { _ = try VaultStore(vault, state: state, keys: noKey).status() } catch {
            if error.code != .missing { throw error }
        }
    }

    /// The same but for what is made anew at random in each run.
    func isSame(as other: VaultFacts, original: String?) -> Bool {
        generation == other.generation && slots == other.slots && values == other.values
            && (identity == original) == (other.identity == original)
    }
}
