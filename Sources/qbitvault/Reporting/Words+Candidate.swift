import CredentialStores
import SystemPackage

extension VaultCandidate {
    /// What it is, and where.
    var words: String {
        let kind =
            switch origin {
            case .named: "the file named,"
            case .ownCopy: "what this machine wrote last,"
            case .previous: "the one before the last change,"
            case .vault: "the file in place,"
            }
        return "\(kind) \(path)"
    }

    /// Why it will not do; nil where it is sound.
    var refusalWords: String? {
        switch refusal {
        case nil: nil
        case .missing: "not there"
        case .damaged(let damage): "damaged (\(damage.rawValue))"
        case .newer(let later): "of a later version (\(later.rawValue))"
        case .forged: "signed by another identity"
        case .unsafe(let unsafety): unsafety.sentence
        case .failed(let reason): reason.sentence
        case let code?: Problem(StoreError(code, at: Place(.vault, path.string))).what
        }
    }
}

extension VaultRescue.Doubt {
    var sentence: String {
        switch self {
        case .missingWrites(let count): "\(count.writes) that this machine has seen would be lost."
        case .replacesNewer: "The file in place is sound and not older, and would be replaced."
        case .replacesForeign:
            "The file in place is signed by another identity, and would be replaced: it is the right one if the vault was re-keyed elsewhere."
        case .memoryDamaged: "What this machine remembers is damaged: compare the fingerprint."
        }
    }
}
