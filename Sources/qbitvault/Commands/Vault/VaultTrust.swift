import ArgumentParser
import CredentialStores
import SystemPackage

/// Believes the file in the vault's place.
struct VaultTrust: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Accept the file in the vault's place, in the stead of what is remembered of it.",
        discussion: """
            This machine refuses a vault that is older than one it has seen, that was changed apart, or that another \
            identity signs. If that is right all the same, say so here, and compare the fingerprint first with what \
            `qbitvault vault status` tells on a machine that knows the vault. Without a terminal --fingerprint says which \
            identity is meant. A lost or damaged vault is brought back by `qbitvault vault recover`.
            """)

    @Option(help: ArgumentHelp("Fingerprint of the identity that is meant.", valueName: "hex"))
    var fingerprint: Fingerprint?
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let sight = try vault.look()
        let report = VaultTrustReport(sight, of: vault.path)
        if try agree(to: sight, report, of: vault, in: context) {
            try context.world.output.done(report.knownWords, report)
        } else {
            let done = report.after(removing: try vault.trust(sight))
            try context.world.output.done(done.trustedWords, done)
            guard let copy = vault.unmergedCopy(), !context.world.output.isJSON else { return }
            context.world.output.note(
                """
                this machine wrote what is not in it, and keeps that: qbitvault vault resolve --with \(copy.path) \
                --fingerprint \(copy.fingerprint)
                """)
        }
    }

    /// Whether there is nothing to agree to.
    private func agree(
        to sight: VaultSight, _ report: VaultTrustReport, of vault: VaultStore, in context: Context
    ) throws -> Bool {
        let place = vault.place.description
        if let fingerprint {
            guard fingerprint.hex == sight.fingerprint else {
                throw Problem(
                    .vaultRolledBack,
                    "The vault is signed by another identity than the one that was named: \(sight.fingerprint).",
                    at: place, next: "put the right file there; nothing has changed")
            }
            return false
        }
        if sight.isAccepted { return true }
        guard context.world.prompt.isAllowed else {
            throw Problem(
                .usage, "Nobody is here to compare the fingerprint of the vault, which is \(sight.fingerprint).",
                at: place,
                next:
                    "compare it with `qbitvault vault status` on a machine that knows the vault, then say --fingerprint HEX"
            )
        }
        let question = report.lines.map(\.printable).joined(separator: "\n")
        guard try context.world.prompt.confirm("\(question)\nTrust this file from now on?", usual: false) else {
            throw Problem(
                .vaultRolledBack, "The vault is not trusted, and nothing has changed.", at: place,
                next: "put the right file there, or bring a copy back with `qbitvault vault recover`")
        }
        return false
    }
}
