import Secrets

/// The bytes of a vault to be, and the data key that opens them.
struct VaultDraft: ~Copyable {
    let bytes: [UInt8]
    let dataKey: Secret
}

extension OpenVault {
    /// The vault after `changes` to what it keeps. Nil when the format has no room for it.
    func changed(by changes: [VaultChange], values: borrowing Secret, author: VaultAuthor) -> VaultDraft? {
        switch payload.changed(by: changes, values: values, author: author) {
        case let next?:
            guard let header = header(file.header.slots, file.header.identity, author) else { return nil }
            let bytes = VaultFile.encode(
                header: header, payload: next, dataKey: dataKey, identity: payload.identity())
            return VaultDraft(bytes: bytes, dataKey: dataKey.copy())
        case nil: return nil
        }
    }

    /// The vault with one more way in.
    func adding(_ slot: Slot, author: VaultAuthor) -> VaultDraft? {
        switch payload.changed(by: [], values: Secret(copying: []), author: author) {
        case let next?:
            guard let header = header(file.header.slots + [slot], file.header.identity, author) else { return nil }
            let bytes = VaultFile.encode(
                header: header, payload: next, dataKey: dataKey, identity: payload.identity())
            return VaultDraft(bytes: bytes, dataKey: dataKey.copy())
        case nil: return nil
        }
    }

    /// The vault under a new data key, which is sealed to the public key of each of `slots`: nobody's secret is needed.
    ///
    /// - Parameters:
    ///   - replacesIdentity: whether the identity is a new one too, so that whoever knew the old one can no longer make
    ///     a file that is believed.
    ///   - changes: what else is changed; `values` is what they take new values from.
    ///   - versions: what the new file is to be newer than, where that is more than this one.
    func rekeyed(
        slots: [Slot], replacesIdentity: Bool, changes: [VaultChange] = [],
        values: borrowing Secret = Secret(copying: []), versions: VersionVector? = nil, author: VaultAuthor
    ) -> VaultDraft? {
        let key = Secret.random(count: 32)
        let seed = replacesIdentity ? Secret.random(count: SigningKey.seedCount) : payload.identitySeed()
        let identity = SigningKey(seed: seed)
        let sealed = slots.map { $0.resealed(key, vaultID: file.header.vaultID) }
        switch payload.changed(by: changes, values: values, author: author, identitySeed: seed) {
        case let next?:
            // A host that every other must trust anew may begin to count anew, where there is no other way.
            let header =
                header(sealed, identity.publicKey, author, after: versions)
                ?? (replacesIdentity && (versions ?? file.header.versions).isFull
                    ? header(
                        sealed, identity.publicKey, author,
                        after: (versions ?? file.header.versions).folded(into: author.writer)) : nil)
            guard let header else { return nil }
            let bytes = VaultFile.encode(header: header, payload: next, dataKey: key, identity: identity)
            return VaultDraft(bytes: bytes, dataKey: key)
        case nil: return nil
        }
    }

    private func header(
        _ slots: [Slot], _ identity: [UInt8], _ author: VaultAuthor, after versions: VersionVector? = nil
    ) -> VaultHeader? {
        guard let next = (versions ?? file.header.versions).written(by: author.writer) else { return nil }
        return VaultHeader(vaultID: file.header.vaultID, identity: identity, versions: next, slots: slots)
    }
}
