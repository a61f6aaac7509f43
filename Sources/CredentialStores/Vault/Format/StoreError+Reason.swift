extension StoreError {
    /// What is wrong with a vault's bytes, in the words of section 7 of FORMAT.md.
    package enum Damage: String, CaseIterable, Hashable, Sendable {
        // Anywhere.
        case truncated, trailing, size
        // The file.
        case magic
        case headerLength = "header length"
        case payloadLength = "payload length"
        case signature
        // The header.
        case writers, slots, label, date, cost
        case publicKey = "public key"
        // The slot that a key belongs to.
        case seal, binding
        // The payload.
        case payload, padding, identity
        case indexLength = "index length"
        case names, entries, origins, attributes, values
    }

    /// What a later program may know and this one does not.
    package enum Later: String, CaseIterable, Hashable, Sendable {
        case version, flags
        case slotKind = "slot kind"
        case slotFlags = "slot flags"
        case payloadFlags = "payload flags"
        case role
    }
}

extension StoreError.Code {
    /// The word that FORMAT.md has for why a vault is refused; nil for what is no matter of its bytes.
    package var reason: String? {
        switch self {
        case .damaged(let damage): damage.rawValue
        case .newer(let later): "newer: \(later.rawValue)"
        case .forged: "pinned: forged"
        case .rolledBack: "pinned: rolled back"
        case .forked: "pinned: forked"
        case .cannotOpen: "no slot"
        default: nil
        }
    }
}
