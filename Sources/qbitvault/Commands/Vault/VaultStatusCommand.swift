import ArgumentParser
import CredentialStores
import SystemPackage

/// Tells about the vault, without its key.
struct VaultStatusCommand: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell what the vault is and who can open it. Needs no key.")

    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let status = try vault.status()
        try context.world.output.result(
            Status(
                path: vault.path.string, fingerprint: status.fingerprint, generation: status.generation,
                size: status.size, slots: status.slots.map(Status.Row.init)))
    }

    private struct Status: Encodable, CustomStringConvertible {
        let path: String
        let fingerprint: String
        /// How many writes there were.
        let generation: UInt64
        /// In bytes.
        let size: Int
        let slots: [Row]

        struct Row: Encodable {
            let name: String
            let kind: String
            /// Seconds since 1970.
            let created: UInt64

            init(_ slot: Slot) {
                name = slot.name
                created = slot.created
                kind = slot.kind.words
            }
        }

        var description: String {
            let head = ["\(path), \(size) bytes, generation \(generation)", "fingerprint \(fingerprint)"]
            return (head + slots.map { "slot \($0.name): \($0.kind), made \(Moment($0.created))" }).joined(
                separator: "\n")
        }
    }
}
