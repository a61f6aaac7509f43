package import Secrets
package import SystemPackage

/// What a person or a service holds to open a vault with.
package struct VaultKey: ~Copyable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The 32 bytes of the key file at this path.
        case keyFile(FilePath)
        case passphrase
    }

    package let kind: Kind
    let secret: Secret

    package init(_ kind: Kind, _ secret: consuming Secret) {
        self.kind = kind
        self.secret = secret
    }

    package static let keyFileCount = 32
}

extension VaultKey {
    /// The seed that this key gives for a slot, or nil where the slot is of another kind.
    borrowing func seed(forSlot id: [UInt8], kind slot: Slot.Kind) throws(VaultKeyFault) -> Secret? {
        switch (kind, slot) {
        case (.keyFile, .keyFile):
            return KeyDerivation.seed(from: secret, label: "qbitvault key file v1\n", salt: id)
        case (.passphrase, .passphrase(let cost)):
            switch KeyDerivation.seed(passphrase: secret, salt: id, cost: cost) {
            case let seed?: return seed
            case nil: throw .notEnoughMemory(cost)
            }
        default: return nil
        }
    }
}

/// Why a key could not be tried at all.
enum VaultKeyFault: Error, Hashable {
    case notEnoughMemory(PassphraseCost)
}
