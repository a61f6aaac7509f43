import ArgumentParser
import CredentialStores
import SystemPackage

/// Takes a way into the vault away.
struct SlotRemove: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a way into the vault away, and put the vault under a new key.",
        discussion: """
            All other slots go on opening it, and nobody's secret is needed for that but the one that opens it now. The vault \
            gets a new identity, so that nothing the former holder kept is believed any longer: other hosts must trust that \
            one. What the holder knew stays known, and is listed: change it.
            """)

    @Argument(help: "The slot, as `vault slot list` calls it.")
    var name: String
    @Flag(help: "Do not ask.")
    var yes = false
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        try agree(to: vault, context.world.prompt)
        let removed = try vault.removeSlot(name)
        try tell(removed, of: vault, in: context)
    }

    private func agree(to vault: VaultStore, _ prompt: Prompt) throws {
        if yes { return }
        let slots = try vault.slots().map(\.slot)
        guard let slot = slots.first(where: { $0.isCalled(name) }) else {
            throw StoreError(.noSuchSlot(name, known: slots.map(\.name)), at: vault.place)
        }
        guard prompt.isAllowed else {
            throw Problem(
                .usage, "Nobody is here to agree that the slot \(name) is removed.", at: vault.place.description,
                next: "say --yes")
        }
        let question = """
            \(slot.name) is a \(slot.kind.words), made \(Moment(slot.created)). Whoever has no other key to the vault is shut out, \
            and other machines must trust its new identity. Remove the slot?
            """
        guard try prompt.confirm(question.printable, usual: false) else {
            throw Problem(.usage, "The slot was not removed.", at: vault.place.description, next: "nothing has changed")
        }
    }

    private func tell(_ removed: RemovedSlot, of vault: VaultStore, in context: Context) throws {
        let output = context.world.output
        let report = removed.report
        let known = removed.known.map(Removed.Known.init)
        try output.done(
            "the slot \(removed.slot.name) is removed, and the vault has a new key; it is opened by: "
                + report.slots.map(\.name).joined(separator: ", "),
            Removed(
                removed: removed.slot.name, kind: removed.slot.kind.words, vault: vault.path.string,
                fingerprint: report.fingerprint, generation: report.generation, slots: report.slots.map(\.name),
                known: known))
        guard !output.isJSON else { return }
        output.note("its fingerprint is now \(report.fingerprint)")
        output.note("on other hosts that use this vault: qbitvault vault trust --fingerprint \(report.fingerprint)")
        output.note("copies made before (backups, other hosts' .prev) still open for the former holder: delete them")
        for copy in vault.copiesUnderEarlierKeys { output.note("such a copy, when nobody needs it: \(copy)") }
        for secret in known { output.note(secret.advice) }
        if removed.hasOpenedTheVault {
            output.note("the vault was opened by this slot; from now on another key is needed here")
        }
        if removed.slot.kind == .host, let file = try context.hostKey(of: removed.slot) {
            output.note("\(file) stays where it is: it may belong to other vaults too")
        }
    }

    private struct Removed: Encodable {
        let removed: String
        let kind: String
        let vault: String
        let fingerprint: String
        /// How many writes there were.
        let generation: UInt64
        let slots: [String]
        /// What the former holder could read.
        let known: [Known]

        struct Known: Encodable {
            let server: String
            let name: String

            init(_ key: CredentialKey) {
                server = key.server
                name = key.name.description
            }

            var advice: String {
                let option = server == ServerName.usual ? "" : " --server \(ShellWord(server))"
                return """
                    known to the former holder: \(name) of server \(server); change it there, then keep the new one: \
                    qbitvault credential set \(name)\(option)
                    """
            }
        }
    }
}

extension Context {
    /// This host's own key, where the slot was for it.
    fileprivate func hostKey(of slot: Slot) throws -> FilePath? {
        let file = HostKey.path(in: try world.folders.state)
        guard let key = try? KeyFile.read(file) else { return nil }
        return key.opens(slot) ? file : nil
    }
}
