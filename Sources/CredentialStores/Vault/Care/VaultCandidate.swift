import Secrets
package import SystemPackage

/// A file that a vault may be brought back from.
package struct VaultCandidate: Sendable {
    package enum Origin: Hashable, Sendable {
        /// Somebody has named it.
        case named
        /// What this host wrote last.
        case ownCopy
        /// What stood there before the last change.
        case previous
        /// The file in the vault's place.
        case vault
    }

    package let origin: Origin
    package let path: FilePath
    /// Why it will not do; nil where it is sound.
    package private(set) var refusal: StoreError.Code?
    let file: VaultFile?

    /// How many writes it has had in all, where it could be read.
    package var generation: UInt64? { file?.header.versions.generation }
    /// The identity that signs it, in hexadecimal, where it could be read.
    package var fingerprint: String? { file?.header.identity.hex }
    package var isSound: Bool { refusal == nil }

    init(_ origin: Origin, _ path: FilePath, read: () throws(StoreError) -> VaultFile) {
        (self.origin, self.path) = (origin, path)
        do throws(StoreError) {
            file = try read()
            refusal = nil
        } catch {
            file = nil
            refusal = error.code
        }
    }

    /// The same, refused where none of `identities` signs it. Nil: any may.
    func known(to identities: [String]?) -> VaultCandidate {
        guard let identities, let fingerprint, !identities.contains(fingerprint) else { return self }
        var candidate = self
        candidate.refusal = .forged
        return candidate
    }

    func isSame(as other: VaultCandidate) -> Bool {
        path == other.path && refusal == other.refusal && file?.bytes == other.file?.bytes
    }
}
