import Secrets

/// A vault that has been opened: its file, what is in it, and the seed that opened it, for the next time.
final class OpenVault: Sendable {
    let file: VaultFile
    let payload: VaultPayload
    /// The slot it was opened by.
    let slot: Slot
    let dataKey: Secret
    private let seed: Secret

    /// Opens `file` by the slot that belongs to `key`.
    static func open(
        _ file: VaultFile, with key: borrowing VaultKey, memory: MemoryRoom? = nil
    ) throws(OpeningFault) -> OpenVault {
        let match: SlotMatch
        do throws(VaultKeyFault) { match = try key.match(among: file.header.slots, memory: memory) } catch {
            throw .key(error)
        }
        do throws(VaultFault) { return try OpenVault(file, slot: match.slot, seed: match.takeSeed()) } catch {
            throw .file(error)
        }
    }

    private convenience init(_ file: VaultFile, slot: Slot, seed: consuming Secret) throws(VaultFault) {
        let dataKey = try slot.dataKey(openedBy: SealingKeyPair(seed: seed), vaultID: file.header.vaultID)
        try self.init(file, slot: slot, seed: seed, dataKey: dataKey)
    }

    private init(_ file: VaultFile, slot: Slot, seed: consuming Secret, dataKey: consuming Secret) throws(VaultFault) {
        let payload = try VaultPayload.read(try file.decrypt(with: dataKey), identity: file.header.identity)
        self.file = file
        self.payload = payload
        self.slot = slot
        self.dataKey = dataKey
        self.seed = seed
    }

    /// Opens a later state of the same vault with the seed at hand; nil when the slot is no longer there.
    func reopened(as file: VaultFile) throws(VaultFault) -> OpenVault? {
        guard let slot = file.header.slots.first(where: { $0.id == slot.id && $0.publicKey == slot.publicKey }) else {
            return nil
        }
        return try OpenVault(file, slot: slot, seed: seed.copy())
    }

    /// Opens `file`, which a writer has just made with `dataKey`, through the slot at hand, or by the key itself where
    /// that slot was taken out.
    func opened(_ file: VaultFile, dataKey: borrowing Secret) throws(VaultFault) -> OpenVault {
        if let vault = try reopened(as: file) { return vault }
        return try OpenVault(file, slot: slot, seed: seed.copy(), dataKey: dataKey.copy())
    }
}

/// Why a vault did not open.
enum OpeningFault: Error, Hashable {
    case key(VaultKeyFault)
    case file(VaultFault)

    var code: StoreError.Code {
        switch self {
        case .key(let fault): fault.code
        case .file(let fault): fault.code
        }
    }
}
