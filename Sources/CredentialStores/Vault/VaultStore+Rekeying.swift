import Secrets

/// What a change of keys has come to.
package struct RekeyReport: Hashable, Sendable {
    package let slots: [Slot]
    /// The identity that signs the file by now, in hexadecimal.
    package let fingerprint: String
    package let isIdentityNew: Bool
    /// How many writes there were in all.
    package let generation: UInt64
}

extension VaultStore {
    /// Puts the vault under a new data key, for all its slots.
    ///
    /// - Parameter replacesIdentity: whether it gets a new identity too. Other hosts must trust that one anew.
    package func rotateKey(replacesIdentity: Bool) throws(StoreError) -> RekeyReport {
        try rekey(replacesIdentity: replacesIdentity) { vault, _ in vault.file.header.slots }
    }

    /// Replaces the slot called `name` by one of another kind, cost or key, and the identity with it: whoever knew the
    /// old secret is a holder no more.
    ///
    /// - Throws: `.noSuchSlot` when it is not there.
    package func replaceSlot(
        _ name: String, kind: Slot.Kind, key: borrowing VaultKey
    ) throws(StoreError) -> RekeyReport {
        let before = try current()
        _ = try index(ofSlot: name, in: before)
        let made: Slot
        // A passphrase takes its time, and others may write meanwhile.
        do throws(VaultKeyFault) {
            made = try Slot.make(
                name: name, kind: kind, key: key, dataKey: before.dataKey, vaultID: before.file.header.vaultID,
                now: Clock.now)
        } catch { throw StoreError(OpeningFault.key(error).code, at: place) }
        // What is sealed in it is sealed anew, with the new data key.
        return try rekey(replacesIdentity: true) { (vault, _) throws(StoreError) in
            var next = vault.file.header.slots
            next[try index(ofSlot: name, in: vault)] = made
            return next
        }
    }

    private func index(ofSlot name: String, in vault: OpenVault) throws(StoreError) -> Int {
        let slots = vault.file.header.slots
        if let index = slots.firstIndex(where: { $0.isCalled(name) }) { return index }
        throw StoreError(.noSuchSlot(name, known: slots.map(\.name)), at: place)
    }

    /// Writes the vault under a new data key for the slots that `slots` names.
    func rekey(
        replacesIdentity: Bool, slots: (OpenVault, _ now: UInt64) throws(StoreError) -> [Slot]
    ) throws(StoreError) -> RekeyReport {
        try write(.rekey) { (vault, author) throws(StoreError) in
            let slots = try slots(vault, author.now)
            switch vault.rekeyed(slots: slots, replacesIdentity: replacesIdentity, author: author) {
            case let draft?: return draft
            case nil: throw StoreError(.full, at: place)
            }
        }
        let header = try current().file.header
        return RekeyReport(
            slots: header.slots, fingerprint: header.identity.hex, isIdentityNew: replacesIdentity,
            generation: header.versions.generation)
    }

    /// Whether `key` opens the slot called `name`.
    package func opens(_ name: String, with key: borrowing VaultKey) throws(StoreError) -> Bool {
        guard let slot = try status().slots.first(where: { $0.isCalled(name) }) else { return false }
        do {
            switch try key.seed(forSlot: slot.id, kind: slot.kind) {
            case let seed?: return SealingKeyPair(seed: seed).publicKey == slot.publicKey
            case nil: return false
            }
        } catch { throw StoreError(OpeningFault.key(error).code, at: place) }
    }
}
