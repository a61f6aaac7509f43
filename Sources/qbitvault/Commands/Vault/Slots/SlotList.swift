import ArgumentParser
import CredentialStores
import SystemPackage

/// Lists the ways into the vault.
struct SlotList: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the ways into the vault. Needs no key.",
        discussion: "When a slot was last of use is known of this machine alone, to the day.")

    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let slots = try vault.slots().map { Row($0.slot, lastUsed: $0.lastUsed) }
        try context.world.output.result(Listing(vault: vault.path.string, slots: slots))
    }

    private struct Listing: Encodable, CustomStringConvertible {
        let vault: String
        let slots: [Row]

        var description: String { slots.map(\.description).map(\.printable).joined(separator: "\n") }
    }

    private struct Row: Encodable, CustomStringConvertible {
        let name: String
        let kind: String
        /// Seconds since 1970.
        let created: UInt64
        /// The day on which this machine last opened the vault by it, in seconds since 1970.
        let lastUsedHere: UInt64?

        init(_ slot: Slot, lastUsed: UInt64?) {
            name = slot.name
            kind = slot.kind.words
            created = slot.created
            lastUsedHere = lastUsed
        }

        var description: String {
            let use = lastUsedHere.map { "last used here \(Moment($0).day)" } ?? "not used here"
            return "\(name): \(kind), made \(Moment(created)), \(use)"
        }
    }
}
