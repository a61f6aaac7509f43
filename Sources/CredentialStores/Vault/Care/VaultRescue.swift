package import SystemPackage

/// What can be done for a vault that is damaged, missing or rolled back.
package struct VaultRescue: Sendable {
    /// Why somebody should be asked first.
    package enum Doubt: Hashable, Sendable {
        /// So many writes that this host knows of are not in the chosen one.
        case missingWrites(UInt64)
        /// The file in place is sound, and has writes that the chosen one does not have.
        case replacesNewer
        /// The file in place is sound as such, and signed by an identity that this host does not know.
        case replacesForeign
        /// What this host remembers cannot be read, so that the chosen one's identity is to be compared.
        case memoryDamaged
    }

    /// Everything that may be taken, in the order of looking.
    package let candidates: [VaultCandidate]
    /// The newest sound one; nil where none is.
    package let chosen: VaultCandidate?
    package let doubts: [Doubt]
    /// How many writes that this host knows of the chosen one does not have.
    package let missingWrites: UInt64
    /// Whether the chosen one stands in its place already, and nothing speaks against it.
    package let isNeedless: Bool
    let inPlace: VaultCandidate
    /// No older than anything that is known of the vault.
    let versions: VersionVector

    init(
        _ candidates: [VaultCandidate], beside others: [VaultCandidate], inPlace: VaultCandidate,
        memory: (pin: VaultPin?, isDamaged: Bool)
    ) {
        let seen = memory.pin?.versions ?? VersionVector()
        func missing(_ candidate: VaultCandidate) -> UInt64 {
            candidate.file.map { seen.writes(missingIn: $0.header.versions) } ?? 0
        }
        // One that is newer than another lacks no more, and has had more writes. Of those that are the same, the one in
        // place is as good.
        let chosen = candidates.filter(\.isSound).reversed().min {
            (missing($0), $1.generation ?? 0) < (missing($1), $0.generation ?? 0)
        }
        (self.candidates, self.chosen, self.inPlace) = (candidates, chosen, inPlace)
        versions = others.filter(\.isSound).compactMap(\.file).reduce(seen) { $0.merged(with: $1.header.versions) }
        missingWrites = chosen.map(missing) ?? 0
        isNeedless =
            chosen?.file?.bytes == inPlace.file?.bytes && !memory.isDamaged
            && inPlace.file.map { memory.pin?.objection(to: $0.header) == nil } == true
        doubts = chosen.map { Self.doubts(about: $0, inPlace, missing($0), memory.isDamaged) } ?? []
    }

    private static func doubts(
        about chosen: VaultCandidate, _ inPlace: VaultCandidate, _ missing: UInt64, _ isMemoryDamaged: Bool
    ) -> [Doubt] {
        var doubts: [Doubt] = missing > 0 ? [.missingWrites(missing)] : []
        if let old = inPlace.file, let new = chosen.file, old.bytes != new.bytes {
            if inPlace.refusal == .forged { doubts.append(.replacesForeign) }
            if inPlace.isSound, old.header.versions.order(against: new.header.versions) != .older {
                doubts.append(.replacesNewer)
            }
        }
        return isMemoryDamaged ? doubts + [.memoryDamaged] : doubts
    }
}

/// What was done for a vault.
package struct VaultRecovery: Hashable, Sendable {
    /// Of the vault from now on.
    package let generation: UInt64
    /// Where that is kept which stood in its place; nil where nothing did, or the same.
    package let kept: FilePath?
}
