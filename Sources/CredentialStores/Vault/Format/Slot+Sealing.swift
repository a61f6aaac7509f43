import Secrets

extension Slot {
    /// A new slot for whoever knows `key`. Nil where there is not enough memory for a passphrase's cost.
    static func make(
        name: String, kind: Kind, key: borrowing VaultKey, dataKey: borrowing Secret, vaultID: [UInt8], now: UInt64
    ) throws(VaultKeyFault) -> Slot {
        let id = PublicBytes.random(count: idCount)
        let pair: SealingKeyPair
        switch try key.seed(forSlot: id, kind: kind) {
        case let seed?: pair = SealingKeyPair(seed: seed)
        case nil: preconditionFailure("a slot of one kind for a key of another")
        }
        return Slot(id: id, kind: kind, name: name, created: now, publicKey: pair.publicKey, sealed: [])
            .resealed(dataKey, vaultID: vaultID)
    }

    /// The same slot around another data key. Only its public key is needed for that.
    func resealed(_ dataKey: borrowing Secret, vaultID: [UInt8]) -> Slot {
        let binding = Secret(copying: vaultID + id + PublicBytes.digest(of: head))
        let sealed = SealingKeyPair.seal(Secret.joining(dataKey, binding), to: publicKey)
        return Slot(id: id, kind: kind, name: name, created: created, publicKey: publicKey, sealed: sealed)
    }

    /// The data key, after comparing everything that is sealed with it.
    func dataKey(openedBy pair: borrowing SealingKeyPair, vaultID: [UInt8]) throws(VaultFault) -> Secret {
        let inside: Secret
        switch pair.open(sealed) {
        case let opened? where opened.count == Self.insideCount: inside = opened
        default: throw .damaged(.seal)
        }
        let binding = Secret(copying: vaultID + id + PublicBytes.digest(of: head))
        let isBound = inside.copy(32..<Self.insideCount) == binding
        guard isBound else { throw .damaged(.binding) }
        return inside.copy(0..<32)
    }
}
