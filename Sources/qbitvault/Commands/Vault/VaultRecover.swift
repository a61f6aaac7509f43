import ArgumentParser
import CredentialStores
import SystemPackage

/// Brings back a vault that is damaged, missing, rolled back or emptied.
struct VaultRecover: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover", abstract: "Bring back a vault that is damaged, missing or rolled back, from a copy.",
        discussion: """
            The newest sound one of these is taken: what this machine wrote last (in the state folder), what stood there \
            before the last change (.prev), the file in place; or the one that --from names, such as a backup. It is \
            opened, and written anew so that every machine takes it for the newest. What stood in its place is kept \
            beside it, as .damaged. Passwords that were changed since the copy was made are to be set anew.
            """)

    @Option(help: ArgumentHelp("Take this copy, and look at no other.", valueName: "file"))
    var from: String?
    @Flag(help: "Do not ask, even where something newer is replaced or writes are lost.")
    var yes = false
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if from?.isEmpty == true { throw ValidationError("The file has no name.") }
    }

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let rescue = try vault.rescue(from: from.map { FilePath($0) })
        guard let chosen = rescue.chosen else { throw Problem(nothingIn: rescue, for: vault) }
        if rescue.isNeedless {
            let report = VaultRecoverReport(rescue, chosen, of: vault.path, nil)
            return try context.world.output.done(report.needlessWords, report)
        }
        try agree(to: rescue, chosen, of: vault, in: context)
        let report = VaultRecoverReport(rescue, chosen, of: vault.path, try vault.recover(rescue))
        try context.world.output.done(report.words, report)
    }

    private func agree(
        to rescue: VaultRescue, _ chosen: VaultCandidate, of vault: VaultStore, in context: Context
    ) throws {
        let doubts = rescue.doubts.map(\.sentence)
        if yes || doubts.isEmpty { return }
        let place = vault.place.description
        guard context.world.prompt.isAllowed else {
            throw Problem(
                .usage, "\(chosen.words), would be taken. \(doubts.joined(separator: " "))", at: place,
                next: "look at it, then say --yes; or name another copy: --from FILE")
        }
        let lines = VaultRecoverReport(rescue, chosen, of: vault.path, nil).lines + doubts
        let question = lines.map(\.printable).joined(separator: "\n")
        guard try context.world.prompt.confirm("\(question)\nWrite it in the vault's place?", usual: false) else {
            throw Problem(
                .usage, "Nothing was recovered, because that was not wanted.", at: place,
                next: "name another copy: qbitvault vault recover --from FILE")
        }
    }
}

extension Problem {
    fileprivate init(nothingIn rescue: VaultRescue, for vault: VaultStore) {
        let found = rescue.candidates.map { "\($0.words): \($0.refusalWords ?? "sound")" }.joined(separator: "; ")
        if rescue.candidates.contains(where: { $0.refusal == .forged }) {
            self.init(
                .vaultRolledBack, "No copy is sound and of the identity that this machine knows. \(found).",
                at: vault.place.description,
                next: "if the other identity is right, put its file in the vault's place, and `qbitvault vault trust`")
        } else {
            self.init(
                .vaultDamaged, "No copy of the vault is sound. \(found).", at: vault.place.description,
                next: "name a backup: qbitvault vault recover --from FILE")
        }
    }
}
