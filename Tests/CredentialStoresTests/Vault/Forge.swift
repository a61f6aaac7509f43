import Secrets

@testable import CredentialStores

/// Vaults as somebody else might have written them.
struct Forge {
    var vaultID = PublicBytes.random(count: 16)
    var writer = PublicBytes.random(count: 16).hex
    private let seed = PublicBytes.random(count: 32)
    private let dataKey = PublicBytes.random(count: 32)

    /// A slot of the forger's data key for whoever holds `key`.
    func slot(_ name: String, _ kind: Slot.Kind, _ key: borrowing VaultKey) throws -> Slot {
        try Slot.make(
            name: name, kind: kind, key: key, dataKey: Secret(copying: dataKey), vaultID: vaultID, now: 0
        )
    }

    /// The same slot as far as anybody sees, around the forger's data key: its public key is all that takes.
    func imitated(_ slot: Slot) -> Slot {
        let binding = vaultID + slot.id + PublicBytes.digest(of: slot.head)
        return Slot(
            id: slot.id, kind: slot.kind, name: slot.name, created: slot.created, publicKey: slot.publicKey,
            sealed: SealingKeyPair.seal(Secret(copying: dataKey + binding), to: slot.publicKey)
        )
    }

    /// A sound file, signed with an identity of the forger's own.
    func file(
        _ slots: [Slot], identity: [UInt8]? = nil, entries: [(key: CredentialKey, value: [UInt8])] = []
    ) -> [UInt8] {
        let key = SigningKey(seed: Secret(copying: seed))
        let header = VaultHeader(
            vaultID: vaultID, identity: identity ?? key.publicKey,
            versions: VersionVector(counters: [writer: 1000]), slots: slots
        )
        return VaultFile.encode(
            header: header, payload: payload(of: entries), dataKey: Secret(copying: dataKey), identity: key
        )
    }

    private func payload(of entries: [(key: CredentialKey, value: [UInt8])]) -> Secret {
        let sorted = entries.sorted { $0.key < $1.key }
        let index = VaultIndex.encode(
            writers: [writer: "forge"],
            entries: sorted.map { item in
                let entry = VaultEntry(
                    key: item.key, role: .current, created: 0, changed: 0, changedBy: writer,
                    origins: ["http://localhost:8080"], attributes: [:]
                )
                return (entry, item.value.count)
            }
        )
        let guardKey = [UInt8](repeating: 0, count: 32)
        return Padding.padded(Secret(copying: [0, 0] + seed + guardKey + index + sorted.flatMap(\.value)))
    }
}
