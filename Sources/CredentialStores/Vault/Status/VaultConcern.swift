package import SecureFiles
package import SystemPackage

/// What somebody should know of a vault that opens all the same.
package enum VaultConcern: Hashable, Sendable {
    /// Whoever loses that key loses the vault.
    case onlyOneSlot
    /// No passphrase and no recovery code, so that nobody gets in without a file.
    case noSlotForAPerson
    /// The slot of this name has a passphrase that costs an attacker less than MODERATE.
    case cheapPassphrase(slot: String)
    /// There is no memory here for the passphrase of the slot of this name.
    case tooDear(slot: String, MemoryShortage)
    /// A stolen folder has both.
    case keyFileBesideVault(FilePath)
    /// What this host remembers is gone with the next restart.
    case fleetingState(FilePath, Folder.FleetingStorage)
    /// The file before the last change is signed by somebody else.
    case previousOfAnotherIdentity(FilePath)
    /// So many hosts have written to it: 256 can, and each state folder that is lost makes another one.
    case manyWriters(Int)
    /// A file or folder of the vault's is open to others, or damaged.
    case unsound(StoreError)
}
