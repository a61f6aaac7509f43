import CredentialStores
import SecureFiles
import SystemPackage

/// A warning of `vault status`.
struct ConcernReport: Encodable {
    /// For programs, and stable.
    let code: String
    let what: String

    private init(_ code: String, _ what: String) {
        self.code = code
        self.what = what
    }

    init(_ concern: VaultConcern) {
        switch concern {
        case .onlyOneSlot:
            self.init(
                "only_one_slot",
                "there is one way in alone: whoever loses that key loses the vault; add a second one: qbitvault vault slot add --recovery"
            )
        case .noSlotForAPerson:
            self.init(
                "no_slot_for_a_person",
                "no passphrase and no recovery code opens it, so that files are all that does: qbitvault vault slot add --recovery"
            )
        case .cheapPassphrase(let slot):
            self.init(
                "cheap_passphrase",
                "the passphrase of the slot \(slot) is cheap to guess: qbitvault rotate vault-key --slot \(ShellWord(slot)) --cost moderate"
            )
        case .tooDear(let slot, let shortage):
            self.init(
                "not_enough_memory",
                "the passphrase of the slot \(slot) does not open it here: \(Problem(shortage, of: "").what.uncapitalized)"
            )
        case .keyFileBesideVault(let file):
            self.init(
                "key_file_beside_vault",
                "\(file) lies beside the vault, so that who takes the folder has both; keep it in the state folder")
        case .fleetingState(let folder, let storage):
            self.init(
                "fleeting_state",
                "\(folder) \(storage.words), so that this machine forgets which vault it has seen, and which logins have failed; put it on a volume"
            )
        case .previousOfAnotherIdentity(let file):
            self.init(
                "previous_of_another_identity",
                "\(file) is signed by another identity than the vault; it is of no use, and may hold what a removed key opens: rm \(ShellWord(file.string))"
            )
        case .manyWriters(let count):
            self.init(
                "many_writers",
                "\(count) hosts have written to it, and 256 can: keep the state folder of each, on a volume; qbitvault rotate vault-key --new-identity begins anew when it is full"
            )
        case .unsound(let error):
            let problem = Problem(error)
            let next = problem.next.map { ": \($0)" } ?? ""
            self.init(problem.status.code, "\(problem.place ?? ""): \(problem.what.uncapitalized)\(next)")
        }
    }
}

extension Folder.FleetingStorage {
    fileprivate var words: String {
        switch self {
        case .memory: "is in memory, and gone with the next restart"
        case .overlay: "belongs to the container, and is gone when that is made anew"
        }
    }
}

extension String {
    /// A sentence in the middle of another one: without its capital and its full stop.
    fileprivate var uncapitalized: String {
        (first?.lowercased() ?? "") + dropFirst().dropLast(hasSuffix(".") ? 1 : 0)
    }
}
