import CredentialStores

/// What is said where a vault's key is missing, wrong or too dear.
extension Problem {
    /// - Parameter key: where the key came from that opened no slot.
    init(cannotOpen vault: String, by key: Place?) {
        self.init(
            .vaultCannotBeOpened,
            "No slot of the vault belongs to \(key.map { "what \($0.supplier)" } ?? "this key or passphrase").",
            at: vault,
            next:
                "give another key; `qbitvault vault status --explain` lists the slots, and where a key was looked for")
    }

    init(noKeyTo vault: String) {
        self.init(
            .vaultCannotBeOpened, "There is no key to open the vault with.", at: vault,
            next:
                "name its file with QBITVAULT_KEY_FILE or QBITVAULT_PASSPHRASE_FILE, or type the passphrase at a terminal; `qbitvault vault status --explain` tells where a key was looked for"
        )
    }

    init(_ shortage: MemoryShortage, of vault: String) {
        self.init(
            .notEnoughMemory,
            "\(shortage.purpose.words) needs \(shortage.needed.inMiB) of memory, and \(shortage.room.sentence).",
            at: vault,
            next: shortage.purpose == .vault
                ? "raise that limit, or keep large values elsewhere"
                : "raise that limit, or open the vault here by a key file or this host's own key, which need next to none"
        )
    }
}

extension MemoryShortage.Purpose {
    fileprivate var words: String {
        switch self {
        case .passphrase: "The passphrase"
        case .vault: "A vault of this size"
        }
    }
}

extension MemoryRoom? {
    fileprivate var sentence: String {
        switch self {
        case nil: "the system does not give so much"
        case let room?: "there is room for \(room.bytes.inMiB) (\(room.limit.words))"
        }
    }
}

extension MemoryRoom.Limit {
    /// Who or what sets the limit.
    var words: String {
        switch self {
        case .machine: "what the machine has left"
        case .group(let folder): "the control group \(folder)"
        case .addressSpace: "ulimit -v"
        case .data: "ulimit -d"
        }
    }
}

extension UInt64 {
    /// `264 MiB`
    var inMiB: String { "\(self >> 20) MiB" }
}

extension Place {
    /// The subject and verb of a sentence about what came from there.
    fileprivate var supplier: String {
        switch kind {
        case .key: "is in \(detail)"
        case .keyCommand: "\(detail) printed"
        case .option where detail.hasPrefix("-"): "\(detail) gave"
        default: "was typed at \(detail)"
        }
    }
}
