import Secrets

/// What stands in a vault's place, beside what this host remembers of it. Only the file's signature was checked.
package struct VaultSight: Hashable, Sendable {
    /// What is remembered.
    package enum Memory: Hashable, Sendable {
        case nothing
        /// It cannot be read.
        case damaged
        /// The identity in hexadecimal, and how many writes there were in all.
        case pin(fingerprint: String, generation: UInt64)
    }

    package let memory: Memory
    /// Why the file is refused; nil where it is not.
    package let objection: StoreError.Code?
    /// How many writes that this host knows of the file does not have.
    package let missingWrites: UInt64
    let header: VaultHeader

    init(_ header: VaultHeader, beside pin: VaultPin?, isDamaged: Bool) {
        self.header = header
        memory =
            if let pin {
                .pin(fingerprint: pin.identity, generation: pin.versions.generation)
            } else if isDamaged { .damaged } else { .nothing }
        objection = isDamaged ? .pinDamaged : pin?.objection(to: header)
        missingWrites = pin?.versions.writes(missingIn: header.versions) ?? 0
    }

    /// The identity that signs the file, in hexadecimal.
    package var fingerprint: String { header.identity.hex }
    /// How many writes the file has had in all.
    package var generation: UInt64 { header.versions.generation }
    package var slots: [Slot] { header.slots }

    /// Whether opening the vault would go on without a word.
    package var isAccepted: Bool { objection == nil && memory != .nothing }
}
