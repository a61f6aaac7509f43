import CredentialStores
import SystemPackage

/// What is taken to bring a vault back, and what came of it.
struct VaultRecoverReport: Encodable {
    private let vault: String
    private let from: String
    private let fingerprint: String
    /// Of the copy that is taken.
    private let copyGeneration: UInt64
    /// Of the vault from now on; nil where nothing was written.
    private let generation: UInt64?
    private let missingWrites: UInt64
    /// What stood in its place.
    private let kept: String?
    private let candidates: [Row]
    private let source: String

    private struct Row: Encodable {
        let path: String
        let generation: UInt64?
        let refused: String?
    }

    private enum CodingKeys: String, CodingKey {
        case vault, from, fingerprint, generation, kept, candidates
        case copyGeneration = "copy_generation"
        case missingWrites = "missing_writes"
    }

    init(_ rescue: VaultRescue, _ chosen: VaultCandidate, of path: FilePath, _ done: VaultRecovery?) {
        vault = path.string
        from = chosen.path.string
        source = chosen.words
        fingerprint = chosen.fingerprint ?? ""
        copyGeneration = chosen.generation ?? 0
        generation = done?.generation
        missingWrites = rescue.missingWrites
        kept = done?.kept?.string
        candidates = rescue.candidates.map {
            Row(path: $0.path.string, generation: $0.generation, refused: $0.refusalWords)
        }
    }

    /// What somebody needs to see who is asked.
    var lines: [String] {
        candidates.map { "\($0.path): \($0.refused ?? "sound, generation \($0.generation ?? 0)")" } + [
            "The newest sound one is \(source), generation \(copyGeneration),", "fingerprint \(fingerprint).",
        ]
    }

    var needlessWords: String { "\(vault) is sound, and no copy here is newer: nothing was done" }

    var words: String {
        var words = "\(vault) is back, from \(source), generation \(copyGeneration), as generation \(generation ?? 0)"
        words += missingWrites == 0 ? "; no write is lost" : "; \(missingWrites.writes) lost: check each password"
        if let kept { words += "; what stood there is kept as \(kept)" }
        return words + "; its fingerprint is \(fingerprint)"
    }
}
