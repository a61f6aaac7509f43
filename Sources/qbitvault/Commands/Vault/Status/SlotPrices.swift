import CredentialStores

/// What each passphrase costs on this machine. Those of one cost are measured once.
struct SlotPrices {
    private var milliseconds: [Slot.Kind: Int] = [:]

    /// - Parameter all: also those that take long.
    init(of slots: [Slot], all: Bool) {
        for kind in slots.map(\.kind) {
            guard case .passphrase(let cost) = kind, all || cost.isModest else { continue }
            guard milliseconds[kind] == nil, let time = cost.measure() else { continue }
            milliseconds[kind] = Int(time / .milliseconds(1))
        }
    }

    /// Nil where it was not measured.
    func milliseconds(of slot: Slot) -> Int? { milliseconds[slot.kind] }
}
