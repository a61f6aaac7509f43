import ArgumentParser
import CredentialStores
import SystemPackage

/// Tells about the vault, without its key.
struct VaultStatusCommand: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell what the vault is and who can open it. Needs no key.",
        discussion: """
            What a passphrase costs is measured here, where that takes about a second. --explain looks for a key as any other \
            command would, and tells what each place had to say; nobody is asked anything.
            """)

    @Flag(help: "Look for a key, and tell what came of each place.")
    var explain = false

    @Flag(help: "Measure what each passphrase costs, however long that takes.")
    var measure = false

    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let search = try context.vaultKeys()
        let status = try vault.status()
        let concerns = try vault.concerns(search)
        let prices = SlotPrices(of: status.slots, all: measure)
        try context.world.output.result(
            StatusReport(
                path: vault.path.string, status: status, prices: prices, first: search.first(for: status.slots),
                keys: explain ? KeyReport(search.findings(for: status.slots)) : nil,
                concerns: concerns.map(ConcernReport.init)))
    }
}
