import ArgumentParser
import CredentialStores
import Secrets
import SystemPackage

/// Puts the vault under a new key.
struct RotateVaultKey: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault-key",
        abstract: "Put the vault under a new key, for all its slots.",
        discussion: """
            Every key file, passphrase, host and recovery code goes on opening it: none of them is needed for this but the
            one that opens the vault now. A new passphrase, or the same at another cost, replaces the slot and the vault's
            identity; other hosts then have to trust the new one. Copies made before open with the old key for ever.
            """)

    @OptionGroup var change: PassphraseChange
    @Flag(help: "Replace the vault's identity too; other hosts must then trust the new one.")
    var newIdentity = false
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let report =
            if change.isWanted { try replacePassphrase(of: vault, in: context) } else {
                try vault.rotateKey(replacesIdentity: newIdentity)
            }
        try tell(report, of: vault, in: context)
    }

    private func replacePassphrase(of vault: VaultStore, in context: Context) throws -> RekeyReport {
        let slots = try vault.status().slots
        let slot = try change.slot(among: slots, at: vault.place.description)
        // Before anybody types what would be of no use.
        _ = try vault.list()
        let key = try change.key(for: slot, of: vault, prompt: context.world.prompt)
        if change.isNew, let known = try key.knownSlot(among: slots, of: vault.place) {
            throw StoreError(.keyHasSlot(known.name), at: vault.place)
        }
        return try vault.replaceSlot(slot.name, kind: .passphrase(change.cost(instead: slot)), key: key)
    }

    private func tell(_ report: RekeyReport, of vault: VaultStore, in context: Context) throws {
        let rotated = Rotated(
            vault: vault.path.string, fingerprint: report.fingerprint, identityReplaced: report.isIdentityNew,
            generation: report.generation, slots: report.slots.map(\.name))
        let names = report.slots.map(\.name).joined(separator: ", ")
        try context.world.output.done("the vault has a new key; it is opened by: \(names)", rotated)
        guard !context.world.output.isJSON else { return }
        if report.isIdentityNew {
            context.world.output.note("its fingerprint is now \(report.fingerprint)")
            context.world.output.note(
                "on other hosts that use this vault: qbitvault vault trust --fingerprint \(report.fingerprint)")
        }
        if change.isNew {
            context.world.output.note(
                "where the old passphrase is kept for runs without a person (a file, systemd, a container), put the new one"
            )
        }
        context.world.output.note(
            "copies made before still open with the old key: delete them, or change what is in them")
        for copy in vault.copiesUnderEarlierKeys {
            context.world.output.note("such a copy, when nobody needs it: \(copy)")
        }
    }

    private struct Rotated: Encodable {
        let vault: String
        let fingerprint: String
        let identityReplaced: Bool
        /// How many writes there were.
        let generation: UInt64
        let slots: [String]
    }
}
