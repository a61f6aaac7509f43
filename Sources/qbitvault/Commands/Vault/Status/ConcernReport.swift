import CredentialStores
import SecureFiles
import SystemPackage

/// A warning of `vault status`.
struct ConcernReport: Encodable {
    /// For programs, and stable.
    let code: String
    let what: String
    /// What to do; nil where it is not in anybody's hands.
    let next: String?

    /// Both, for people.
    var sentence: String { what + (next.map { ": \($0)" } ?? "") }

    private init(_ code: String, _ what: String, next: String? = nil) {
        self.code = code
        self.what = what
        self.next = next
    }

    init(_ concern: VaultConcern) {
        switch concern {
        case .onlyOneSlot:
            self.init(
                "only_one_slot",
                "there is one way in alone: whoever loses that key loses the vault",
                next: "qbitvault vault slot add --recovery"
            )
        case .noSlotForAPerson:
            self.init(
                "no_slot_for_a_person",
                "no passphrase and no recovery code opens it, so that files are all that does",
                next: "qbitvault vault slot add --recovery"
            )
        case .cheapPassphrase(let slot):
            self.init(
                "cheap_passphrase",
                "the passphrase of the slot \(slot) is cheap to guess",
                next: "qbitvault rotate vault-key --slot \(ShellWord(slot)) --cost moderate"
            )
        case .tooDear(let slot, let shortage):
            self.init(
                "not_enough_memory",
                "the passphrase of the slot \(slot) does not open it here: \(Problem(shortage, of: "").what.uncapitalized)"
            )
        case .keyFileBesideVault(let file):
            self.init(
                "key_file_beside_vault",
                "\(file) lies beside the vault, so that who takes the folder has both",
                next: "keep it in the state folder")
        case .fleetingState(let folder, let storage):
            self.init(
                "fleeting_state",
                "\(folder) \(storage.words), so that this machine forgets which vault it has seen, and which logins have failed",
                next: "put it on a volume"
            )
        case .previousOfAnotherIdentity(let file):
            self.init(
                "previous_of_another_identity",
                "\(file) is signed by another identity than the vault; it is of no use, and may hold what a removed key opens",
                next: "rm \(ShellWord(file.string))"
            )
        case .manyWriters(let count):
            self.init(
                "many_writers",
                "\(count) hosts have written to it, and 256 can",
                next:
                    "keep the state folder of each, on a volume; when it is full, begin anew: qbitvault rotate vault-key --new-identity"
            )
        case .unsound(let error):
            let problem = Problem(error)
            self.init(
                problem.status.code, "\(problem.place ?? ""): \(problem.what.uncapitalized)", next: problem.next)
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
