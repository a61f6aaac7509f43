import Secrets

/// What a slot is to be called.
package enum SlotName: Hashable, Sendable {
    /// That, or nothing.
    case exactly(String)
    /// That, or with a number behind it where it is taken.
    case like(String)
}

/// A slot that was taken out of a vault.
package struct RemovedSlot: Hashable, Sendable {
    package let slot: Slot
    /// The vault was opened by it, this time too.
    package let hasOpenedTheVault: Bool
    /// What its holder could read up to now, in order.
    package let known: [CredentialKey]
    package let report: RekeyReport
}

extension VaultStore {
    /// The slots, each with the day (seconds since 1970) on which this host last opened the vault by it. Needs no key.
    package func slots() throws(StoreError) -> [(slot: Slot, lastUsed: UInt64?)] {
        let slots = try status().slots
        let uses = try pins.read(for: path)?.uses ?? [:]
        return slots.map { ($0, uses[$0.id.hex]) }
    }

    /// Throws what would keep a slot of that name from being added: what is made for it need not be made then.
    package func canAddSlot(_ name: SlotName, isPassphrase: Bool) throws(StoreError) {
        _ = try self.name(name, isPassphrase: isPassphrase, among: reload().file.header.slots)
    }

    /// Adds a way in for whoever holds `key`.
    ///
    /// - Throws: `.slotExists`, `.slotName`, `.tooManySlots`, `.keyHasSlot` where the key opens the vault already.
    package func addSlot(_ name: SlotName, kind: Slot.Kind, key: borrowing VaultKey) throws(StoreError) -> Slot {
        let before = try current()
        if let slot = try key.knownSlot(among: before.file.header.slots, of: place) {
            throw StoreError(.keyHasSlot(slot.name), at: place)
        }
        let made: Slot
        // A passphrase takes its time, and others may write meanwhile.
        do throws(VaultKeyFault) {
            made = try Slot.make(
                name: "new", kind: kind, key: key, dataKey: before.dataKey, vaultID: before.file.header.vaultID,
                now: Clock.now)
        } catch { throw StoreError(OpeningFault.key(error).code, at: place) }
        var added = made
        try write(.change) { (vault, author) throws(StoreError) in
            let header = vault.file.header
            let name = try self.name(name, isPassphrase: kind.isPassphrase, among: header.slots)
            added = made.called(name).resealed(vault.dataKey, vaultID: header.vaultID)
            switch vault.adding(added, author: author) {
            case let draft?: return draft
            case nil: throw StoreError(.full, at: place)
            }
        }
        return added
    }

    /// Takes a slot out. The vault gets a new data key, for all slots that remain, and a new identity, so that what the
    /// holder may have kept is worth nothing for what is written from now on.
    ///
    /// - Throws: `.noSuchSlot`; `.lastSlot` where no passphrase, key file or recovery code would remain.
    package func removeSlot(_ name: String) throws(StoreError) -> RemovedSlot {
        var removed: (slot: Slot, hasOpened: Bool, known: Set<CredentialKey>)?
        let report = try rekey(replacesIdentity: true) { (vault, _) throws(StoreError) in
            let slots = vault.file.header.slots
            guard let slot = slots.first(where: { $0.isCalled(name) }) else {
                throw StoreError(.noSuchSlot(name, known: slots.map(\.name)), at: place)
            }
            let remaining = slots.filter { $0.id != slot.id }
            guard remaining.contains(where: { $0.kind != .host }) else { throw StoreError(.lastSlot(name), at: place) }
            removed = (slot, slot.id == vault.slot.id, Set(vault.payload.items.map(\.entry.key)))
            return remaining
        }
        guard let removed else { preconditionFailure("a vault was re-keyed without asking for its slots") }
        return RemovedSlot(
            slot: removed.slot, hasOpenedTheVault: removed.hasOpened, known: removed.known.sorted(), report: report)
    }

    private func name(
        _ name: SlotName, isPassphrase: Bool, among slots: [Slot]
    ) throws(StoreError) -> String {
        guard slots.count < Slot.most else { throw StoreError(.tooManySlots, at: place) }
        guard !isPassphrase || slots.count(where: \.kind.isPassphrase) < VaultKey.mostPassphrases else {
            throw StoreError(.tooManyPassphrases, at: place)
        }
        switch name {
        case .exactly(let name):
            guard Slot.canBeCalled(name) else { throw StoreError(.slotName, at: place) }
            if slots.contains(where: { $0.isCalled(name) }) { throw StoreError(.slotExists(name), at: place) }
            return name
        case .like(let name):
            let names = [name] + (2...Slot.most + 1).map { "\(name)-\($0)" }
            return names.first { name in !slots.contains { $0.isCalled(name) } } ?? name
        }
    }
}

extension Slot {
    fileprivate static func canBeCalled(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return (1...longestName).contains(bytes.count) && bytes.span.isPlainText(bytes.indices)
    }

    /// Under another name; what is sealed must be sealed anew.
    fileprivate func called(_ name: String) -> Slot {
        Slot(id: id, kind: kind, name: name, created: created, publicKey: publicKey, sealed: sealed)
    }
}
