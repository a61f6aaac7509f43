import CredentialStores
import Secrets

/// What `vault status` tells.
struct StatusReport: Encodable, CustomStringConvertible {
    let path: String
    let fingerprint: String
    /// How many writes there were.
    let generation: UInt64
    /// In bytes.
    let size: Int
    /// Whether this machine has seen it before.
    let pinned: Bool
    let slots: [Row]
    /// The source that its key would be asked of first; nil where there is none.
    let keySource: String?
    /// Only where it was asked for.
    let keySources: KeyReport?
    let warnings: [ConcernReport]

    private enum CodingKeys: String, CodingKey {
        case path, fingerprint, generation, size, pinned, slots, keySource = "key_source", keySources = "key_sources",
            warnings
    }

    struct Row: Encodable {
        let name: String
        let kind: String
        /// Seconds since 1970.
        let created: UInt64
        /// The day, in seconds since 1970.
        let lastUsed: UInt64?
        /// Of a passphrase, in bytes.
        let memory: UInt64?
        let passes: UInt32?
        /// What one attempt takes here; absent where it was not measured.
        let milliseconds: Int?

        private enum CodingKeys: String, CodingKey {
            case name, kind, created, lastUsed = "last_used", memory, passes, milliseconds
        }
    }

    init(
        path: String, status: VaultStatus, prices: SlotPrices, first: KeySource?, keys: KeyReport?,
        concerns: [ConcernReport]
    ) {
        keySource = first?.name
        self.path = path
        fingerprint = status.fingerprint
        generation = status.generation
        size = status.size
        pinned = status.isPinned
        slots = status.slots.map {
            Row($0, lastUsed: status.lastUse(of: $0), milliseconds: prices.milliseconds(of: $0))
        }
        keySources = keys
        warnings = concerns
    }

    var description: String {
        let known = pinned ? "this machine has seen it before" : "this machine has not opened it yet"
        var lines = ["\(path), \(size) bytes, generation \(generation)", "fingerprint \(fingerprint) (\(known))"]
        lines += slots.map(\.description)
        if let keySources {
            lines += ["where its key was looked for:"] + keySources.lines
        } else {
            lines.append(keySource.map { "its key would come from: \($0)" } ?? "there is no key to it here")
        }
        return (lines + warnings.map { "warning: \($0.sentence)" }).joined(separator: "\n")
    }
}

extension StatusReport.Row: CustomStringConvertible {
    init(_ slot: Slot, lastUsed: UInt64?, milliseconds: Int?) {
        name = slot.name
        kind = slot.kind.words
        created = slot.created
        self.lastUsed = lastUsed
        self.milliseconds = milliseconds
        guard case .passphrase(let cost) = slot.kind else {
            (memory, passes) = (nil, nil)
            return
        }
        (memory, passes) = (cost.memory, cost.operations)
    }

    var description: String {
        var parts = ["slot \(name): \(kind)", "made \(Moment(created))"]
        parts.append(lastUsed.map { "last used here \(Moment($0).day)" } ?? "not used here")
        if let memory, let passes {
            parts.append("\(memory >> 20) MiB × \(passes)" + (milliseconds.map { ", \($0) ms here" } ?? ""))
        }
        return parts.joined(separator: ", ")
    }
}
