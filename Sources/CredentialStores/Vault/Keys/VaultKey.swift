package import Secrets
package import SystemPackage

/// What a person, a host or a service holds to open a vault with.
package struct VaultKey: ~Copyable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// 32 bytes from the file at this path: a key file, or a host's own key. It opens slots of both kinds, because
        /// who hands a file over (systemd, docker) does not say which it is.
        case keyFile(FilePath)
        case passphrase
        /// The 20 bytes of a recovery code.
        case recovery
    }

    package let kind: Kind
    let secret: Secret

    package init(_ kind: Kind, _ secret: consuming Secret) {
        self.kind = kind
        self.secret = secret
    }

    package static let keyFileCount = 32
    package static let recoveryCount = 20
}

extension VaultKey {
    /// The same key once more.
    package borrowing func copy() -> VaultKey { VaultKey(kind, secret.copy()) }

    /// The seed that this key gives for a slot, or nil where the slot is of another kind.
    borrowing func seed(forSlot id: [UInt8], kind slot: Slot.Kind) throws(VaultKeyFault) -> Secret? {
        switch (kind, slot) {
        case (.keyFile, .keyFile):
            return KeyDerivation.seed(from: secret, label: "qbitvault key file v1\n", salt: id)
        case (.keyFile, .host):
            return KeyDerivation.seed(from: secret, label: "qbitvault host key v1\n", salt: id)
        case (.recovery, .recovery):
            return KeyDerivation.seed(from: secret, label: "qbitvault recovery v1\n", salt: id)
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
