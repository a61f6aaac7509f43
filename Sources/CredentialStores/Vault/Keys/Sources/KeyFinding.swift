/// What came of one source in the search for a key.
package struct KeyFinding: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Nobody has named one.
        case notSet
        /// Nothing lies there.
        case absent
        /// The vault has no slot for what lies there, and nobody has named it.
        case noSlotOfItsKind
        /// What lies there is for other vaults, and nobody has named it.
        case opensNoSlot
        /// Its key is taken, and opens the slot of this name.
        case opens(String)
        /// Its key is taken or would be, and this comes of it.
        case fails(StoreError)
        /// A person would be asked.
        case asks
        /// A stronger source was taken, so it was not looked at.
        case notReached

        /// Whether the search ends with it.
        package var isTheEnd: Bool {
            switch self {
            case .opens, .fails, .asks: true
            case .notSet, .absent, .noSlotOfItsKind, .opensNoSlot, .notReached: false
            }
        }
    }

    package let source: KeySource
    package let verdict: Verdict
}
