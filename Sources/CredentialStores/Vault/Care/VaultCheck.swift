import Secrets
package import SecureFiles
package import SystemPackage

/// One thing that was looked at in a vault, and what was found.
package struct VaultCheck: Sendable {
    package enum Subject: Hashable, Sendable {
        /// Whether others could read or replace what lies at this path.
        case permissions(FilePath)
        /// Size, layout and signature, without a key.
        case file
        /// What this host remembers of it.
        case memory
        /// The slot that the key belongs to.
        case slot
        /// Decryption and padding.
        case payload
        case identity, index, values
        /// A copy that this host keeps beside the vault.
        case copy(FilePath)
        /// What killed writers have left.
        case leftovers
    }

    package enum Finding: Sendable {
        case sound
        /// There is none, and need not be.
        case absent
        case warning(Warning)
        case failed(StoreError)
    }

    package enum Warning: Hashable, Sendable {
        /// This host has not seen the vault: nothing tells whether it is the right one.
        case notSeenBefore
        /// A backup lacks so many writes.
        case older(UInt64)
        /// A backup and the vault were changed apart.
        case forked
        case openToOthers(Unsafety)
        /// A copy will not do.
        case refused(StoreError.Code)
        /// A copy has writes that the vault does not have.
        case hasMore
        /// An earlier data key opens the copy, which a new one should have removed.
        case earlierKey
        /// The slot at hand does not open the copy.
        case otherSlot
        /// A copy was put aside or kept as damaged; no new key reaches it.
        case keptAside
        case files([FilePath])
    }

    package let subject: Subject
    package let finding: Finding

    init(_ subject: Subject, _ finding: Finding) { (self.subject, self.finding) = (subject, finding) }
}

/// What was found in a vault, in the order of looking.
package struct VaultVerification: Sendable {
    package internal(set) var checks: [VaultCheck] = []
    /// What is known of the file, once its signature was found to be sound.
    package internal(set) var facts: VaultStatus?
    /// The name of the slot that it was opened by.
    package internal(set) var slot: String?
    /// How many values it keeps.
    package internal(set) var entries: Int?

    /// The first that failed.
    package var failure: StoreError? {
        checks.lazy.compactMap { if case .failed(let error) = $0.finding { error } else { nil } }.first
    }

    mutating func note(_ subject: VaultCheck.Subject, _ finding: VaultCheck.Finding) {
        checks.append(VaultCheck(subject, finding))
    }
}
