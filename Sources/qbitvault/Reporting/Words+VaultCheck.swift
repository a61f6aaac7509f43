import CredentialStores
import SystemPackage

extension VaultCheck.Subject {
    /// As it stands in documents.
    var name: String {
        switch self {
        case .permissions: "permissions"
        case .file: "signature"
        case .memory: "memory"
        case .slot: "slot"
        case .payload: "decryption"
        case .identity: "identity"
        case .index: "index"
        case .values: "values"
        case .copy: "copy"
        case .leftovers: "leftovers"
        }
    }

    /// The path that it is about, where there are several such checks.
    var location: String {
        switch self {
        case .permissions(let path), .copy(let path): "\(path): "
        default: ""
        }
    }

    /// What is said when nothing is wrong.
    func praise(_ found: VaultVerification) -> String {
        switch self {
        case .permissions(let path): "\(path): closed to others"
        case .file: "\(found.facts?.size ?? 0) bytes, signed by \(found.facts?.fingerprint ?? "")"
        case .memory: "what this machine knows, generation \(found.facts?.generation ?? 0)"
        case .slot: "opened by \(found.slot ?? "")"
        case .payload: "whole"
        case .identity: "the one that signs the file"
        case .index: "\(found.entries ?? 0) entries, in order"
        case .values: "each where the index says"
        case .copy(let path): "\(path): sound"
        case .leftovers: "nothing was left behind"
        }
    }
}

extension VaultCheck.Warning {
    var sentence: String {
        switch self {
        case .notSeenBefore: "not seen on this machine before: compare the fingerprint where it is known"
        case .older(let count): "\(count.writes) that this machine has seen missing"
        case .forked: "changed apart from what this machine has seen"
        case .openToOthers(let unsafety): unsafety.sentence
        case .refused(.forged): "signed by another identity; it is of no use, and may be removed"
        case .refused(let code): Problem(StoreError(code, at: Place(.vault))).what
        case .hasMore: "it has writes that the vault does not have"
        case .earlierKey: "an earlier data key opens it, which was replaced: remove it"
        case .otherSlot: "the key at hand does not open it"
        case .keptAside: "put aside; the key of its time opens it: remove it when nobody needs it"
        case .files(let paths): "killed writers have left " + paths.map(\.string).joined(separator: ", ")
        }
    }
}
