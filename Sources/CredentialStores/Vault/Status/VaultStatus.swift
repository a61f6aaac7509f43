import Secrets

/// What may be told about a vault without its key.
package struct VaultStatus: Hashable, Sendable {
    package let slots: [Slot]
    /// How many writes there were in all.
    package let generation: UInt64
    /// The identity that signs the file, in hexadecimal.
    package let fingerprint: String
    /// In bytes.
    package let size: Int
    /// Whether this host has seen it before, and the file is what it remembers or newer.
    package let isPinned: Bool
    /// When this host was last let in by which slot: days, in seconds since 1970, by slot id (hexadecimal).
    let uses: [String: UInt64]

    init(of file: VaultFile, pin: VaultPin?) {
        let header = file.header
        slots = header.slots
        generation = header.versions.generation
        fingerprint = header.identity.hex
        size = file.size
        isPinned = pin != nil
        uses = pin?.uses ?? [:]
    }

    /// The day on which this host was last let in by `slot`, in seconds since 1970; nil where it never was.
    package func lastUse(of slot: Slot) -> UInt64? { uses[slot.id.hex] }
}
