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
    /// Where it came from; nil where nobody would know it by that.
    package let place: Place?
    let secret: Secret
    /// Why it is no recovery code, of a passphrase that is written as one is. Whoever mistypes a code is to hear of it.
    let misread: RecoveryCode.Fault?

    package init(_ kind: Kind, _ secret: consuming Secret, from place: Place? = nil) {
        self.init(kind, secret, from: place, misread: nil)
    }

    init(_ kind: Kind, _ secret: consuming Secret, from place: Place?, misread: RecoveryCode.Fault?) {
        self.kind = kind
        self.secret = secret
        self.place = place
        self.misread = misread
    }

    package static let keyFileCount = 32
    package static let recoveryCount = 20
}

extension VaultKey {
    /// The same key once more.
    package borrowing func copy() -> VaultKey { VaultKey(kind, secret.copy(), from: place, misread: misread) }

    /// The seed that this key gives for a slot, or nil where the slot is of another kind.
    ///
    /// - Parameter memory: what there is for a passphrase; nil looks.
    borrowing func seed(
        forSlot id: [UInt8], kind slot: Slot.Kind, memory: MemoryRoom? = nil
    ) throws(VaultKeyFault) -> Secret? {
        switch (kind, slot) {
        case (.keyFile, .keyFile):
            return KeyDerivation.seed(from: secret, label: "qbitvault key file v1\n", salt: id)
        case (.keyFile, .host):
            return KeyDerivation.seed(from: secret, label: "qbitvault host key v1\n", salt: id)
        case (.recovery, .recovery):
            return KeyDerivation.seed(from: secret, label: "qbitvault recovery v1\n", salt: id)
        case (.passphrase, .passphrase(let cost)):
            // Looked at first: a container is killed for what it takes beyond its share, and not told.
            let room = memory ?? MemoryRoom.now()
            guard room.holds(cost) else { throw .notEnoughMemory(MemoryShortage(of: cost, in: room)) }
            switch KeyDerivation.seed(passphrase: secret, salt: id, cost: cost) {
            case let seed?: return seed
            case nil: throw .notEnoughMemory(MemoryShortage(of: cost, in: nil))
            }
        default: return nil
        }
    }
}

/// Why a key could not be tried, or was tried in vain.
enum VaultKeyFault: Error, Hashable {
    /// No slot belongs to it.
    case noSlotFits
    case notEnoughMemory(MemoryShortage)
    /// No slot belongs to it as a passphrase, and as a recovery code it is mistyped.
    case notARecoveryCode(RecoveryCode.Fault)

    var code: StoreError.Code {
        switch self {
        case .noSlotFits: .cannotOpen
        case .notEnoughMemory(let shortage): .notEnoughMemory(shortage)
        case .notARecoveryCode(let fault): .notARecoveryCode(fault)
        }
    }
}
