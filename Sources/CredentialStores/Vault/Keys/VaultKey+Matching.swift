import Secrets

/// The slot that a key belongs to, and the seed of its key pair.
struct SlotMatch: ~Copyable {
    let slot: Slot
    private let seed: Secret

    fileprivate init(_ slot: Slot, _ seed: consuming Secret) {
        self.slot = slot
        self.seed = seed
    }

    consuming func takeSeed() -> Secret { seed }
}

extension VaultKey {
    static let mostPassphrases = 4

    /// Tries the slots of the key's kind in their order. What there is no memory for is left out, and only matters where
    /// nothing else fits.
    ///
    /// - Parameter memory: what there is for a passphrase; nil looks.
    borrowing func match(among slots: [Slot], memory: MemoryRoom? = nil) throws(VaultKeyFault) -> SlotMatch {
        var passphrases = 0
        var shortage: VaultKeyFault?
        for slot in slots {
            if slot.kind.isPassphrase {
                passphrases += 1
                // A file must not make us derive sixteen keys.
                guard passphrases <= Self.mostPassphrases else { continue }
            }
            do throws(VaultKeyFault) {
                switch try seed(forSlot: slot.id, kind: slot.kind, memory: memory) {
                case let seed?:
                    // Comparing the public key is what commits a key to its slot.
                    if SealingKeyPair(seed: seed).publicKey == slot.publicKey { return SlotMatch(slot, seed) }
                case nil: continue
                }
            } catch { shortage = shortage ?? error }
        }
        throw shortage ?? misread.map { .notARecoveryCode($0) } ?? .noSlotFits
    }

    /// The slot that this key opens.
    package borrowing func slot(among slots: [Slot], of vault: Place) throws(StoreError) -> Slot {
        do throws(VaultKeyFault) { return try match(among: slots).slot } catch {
            throw StoreError(error.code, at: vault, by: place)
        }
    }
}

extension VaultKey {
    /// The slot that this key opens, if any does.
    ///
    /// - Throws: `.notEnoughMemory` where that cannot be told, because a passphrase cannot be tried.
    package borrowing func knownSlot(
        among slots: [Slot], of vault: Place, memory: MemoryRoom? = nil
    ) throws(StoreError) -> Slot? {
        do throws(VaultKeyFault) { return try match(among: slots, memory: memory).slot } catch {
            guard case .notEnoughMemory = error else { return nil }
            throw StoreError(error.code, at: vault, by: place)
        }
    }

    /// Whether this key belongs to `slot`. A passphrase that there is no memory for does not.
    package borrowing func opens(_ slot: Slot) -> Bool {
        do throws(VaultKeyFault) { _ = try match(among: [slot]) } catch { return false }
        return true
    }
}
