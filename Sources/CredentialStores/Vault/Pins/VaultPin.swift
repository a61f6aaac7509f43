import Secrets
import SystemPackage

/// What this host remembers of a vault, so that an older or a minted file in its place is noticed.
package struct VaultPin: Hashable, Sendable, Codable {
    /// The vault's path, for people who look into the state folder.
    var path: String
    /// The identity (Ed25519 public key, hexadecimal) that signs the file.
    package private(set) var identity: String
    /// The identity that a change under way will bring. Until the change is known to have happened, or not, a file
    /// signed by either is believed: a power cut must not lock anybody out.
    package private(set) var next: String?
    /// The last version vector seen: counters by writer.
    var writers: [String: UInt64]
    /// The last file seen, as its header's mark tells. Nil in a pin of an earlier program.
    private(set) var mark: String?
    /// When this host opened the vault by which slot: days, in seconds since 1970, by slot id (hexadecimal).
    private(set) var uses: [String: UInt64]?

    package var versions: VersionVector { VersionVector(counters: writers) }

    init(path: FilePath, header: VaultHeader, uses: [String: UInt64]? = nil) {
        self.path = path.string
        identity = header.identity.hex
        next = nil
        writers = header.versions.counters
        mark = header.mark
        self.uses = uses?.filter { use in header.slots.contains { $0.id.hex == use.key } }
    }

    /// Nil when the file with `header` may be believed, and otherwise what it is.
    func objection(to header: VaultHeader) -> StoreError.Code? {
        guard header.identity.hex == identity || header.identity.hex == next else { return .forged }
        // Nothing was signed by that identity before, and one writer now stands for all.
        if header.identity.hex == next, versions.isFull, header.versions.counters.count == 1 { return nil }
        return switch header.versions.order(against: versions) {
        // Two programs have counted alike: a state folder was copied.
        case .same where mark != nil && header.mark != nil && mark != header.mark: .forked
        case .same, .newer: nil
        case .older: .rolledBack
        case .forked: .forked
        }
    }
}

extension VaultPin {
    /// The pin while the identity is being changed to `identity`.
    func announcing(_ identity: [UInt8]) -> VaultPin {
        var pin = self
        pin.next = identity.hex
        return pin
    }

    /// The pin after a file with `header` was opened by `slot` at `time` (seconds since 1970).
    ///
    /// Whoever merely reads may see the old file while a writer is about to replace it, so an announced identity stays
    /// announced until it is seen.
    func observing(_ header: VaultHeader, openedBy slot: Slot, at time: UInt64) -> VaultPin {
        var pin = self
        if header.identity.hex == next {
            pin.identity = header.identity.hex
            pin.next = nil
            pin.writers = header.versions.counters
            pin.mark = header.mark
        }
        guard header.identity.hex == pin.identity else { return self }
        switch header.versions.order(against: pin.versions) {
        case .newer: (pin.writers, pin.mark) = (header.versions.counters, header.mark)
        case .same: pin.mark = pin.mark ?? header.mark
        case .older, .forked: break
        }
        pin.note(slot, at: time)
        return pin
    }

    /// Once a day is enough to say when a slot was last of use, and spares a write at each run.
    mutating func note(_ slot: Slot, at time: UInt64) {
        let day = time - time % 86_400
        if uses?[slot.id.hex] != day { uses = (uses ?? [:]).merging([slot.id.hex: day]) { _, new in new } }
    }
}
