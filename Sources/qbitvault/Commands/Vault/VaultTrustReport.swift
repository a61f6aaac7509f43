import CredentialStores
import SystemPackage

/// What a vault is that is to be trusted.
struct VaultTrustReport: Encodable {
    private let vault: String
    private let fingerprint: String
    private let generation: UInt64
    /// What was remembered before.
    private let knownFingerprint: String?
    private let knownGeneration: UInt64?
    /// How it relates to that.
    private let finding: Finding
    private let missingWrites: UInt64
    private let slots: [String]
    /// Copies of the earlier identity.
    private var removed: [String] = []
    /// Where this machine's own copies lie that hold what is not in the vault.
    private var unmerged: [String] = []

    private enum Finding: String, Encodable {
        case known, unknown, older, forked
        case memoryDamaged = "memory damaged"
        case otherIdentity = "other identity"
    }

    private enum CodingKeys: String, CodingKey {
        case vault, fingerprint, generation, finding, slots, removed, unmerged
        case knownFingerprint = "known_fingerprint"
        case knownGeneration = "known_generation"
        case missingWrites = "missing_writes"
    }

    init(_ sight: VaultSight, of path: FilePath) {
        vault = path.string
        fingerprint = sight.fingerprint
        generation = sight.generation
        missingWrites = sight.missingWrites
        slots = sight.slots.map { "\($0.name): \($0.kind.words), made \(Moment($0.created))" }
        (knownFingerprint, knownGeneration) =
            switch sight.memory {
            case .pin(let fingerprint, let generation): (fingerprint, generation)
            case .nothing, .damaged: (nil, nil)
            }
        finding =
            switch sight.objection {
            case .rolledBack: .older
            case .forked: .forked
            case .forged: .otherIdentity
            case .pinDamaged: .memoryDamaged
            default: sight.memory == .nothing ? .unknown : .known
            }
    }

    func after(removing copies: [FilePath], keeping unmerged: [FilePath]) -> VaultTrustReport {
        var report = self
        report.removed = copies.map(\.string)
        report.unmerged = unmerged.map(\.string)
        return report
    }

    /// What somebody needs to see who is asked.
    var lines: [String] {
        var lines = ["\(vault), generation \(generation)", "its fingerprint:          \(fingerprint)"]
        if let knownFingerprint { lines.append("known to this machine is: \(knownFingerprint)") }
        return lines + [sentence] + slots.map { "slot \($0)" }
    }

    private var sentence: String {
        switch finding {
        case .known: "This machine knows it."
        case .unknown: "This machine has not seen it before: compare the fingerprint where it is known."
        case .older:
            "It is OLDER than what this machine has seen: \(missingWrites.writes) missing. `qbitvault vault recover` may have them."
        case .forked:
            "It was CHANGED APART: \(missingWrites.writes) that this machine knows missing. `qbitvault vault resolve` joins both."
        case .otherIdentity:
            "ANOTHER IDENTITY has signed it. Unless it was re-keyed elsewhere, somebody has put it there: compare the fingerprint."
        case .memoryDamaged: "What this machine remembers is damaged: compare the fingerprint where it is known."
        }
    }

    var knownWords: String { "\(vault) is trusted already; its fingerprint is \(fingerprint)" }

    var trustedWords: String {
        var words = "\(vault) is trusted from now on; its fingerprint is \(fingerprint)"
        if finding == .older || finding == .forked { words += "; \(missingWrites.writes) missing in it" }
        if !removed.isEmpty { words += "; taken away, as of another identity: \(removed.joined(separator: ", "))" }
        return words
    }
}
