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
    @Flag(help: "Accept it also where it lacks what was written here: that is given up.")
    var older = false
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func run(in context: Context) async throws {
        let vault = try context.vault()
        let sight = try vault.look()
        let report = VaultTrustReport(sight, of: vault.path)
        if try agree(to: sight, report, of: vault, in: context) {
            try context.world.output.done(report.knownWords, report)
        } else {
            let removed = try vault.trust(sight)
            let copies = vault.unmergedCopies()
            let done = report.after(removing: removed, keeping: copies.map(\.path))
            try context.world.output.done(done.trustedWords, done)
            guard !context.world.output.isJSON else { return }
            for copy in copies { context.world.output.note(copy.advice) }
        }
    }

    /// Throws where the right identity has signed a file from before what this machine knows, and nobody wants that:
    /// to name an identity is to say nothing of its age. Nothing of another identity is lost: its copy is kept.
    private func giveUp(
        _ sight: VaultSight, _ report: VaultTrustReport, of vault: VaultStore, in context: Context
    ) throws -> Bool {
        guard sight.objection == .rolledBack || sight.objection == .forked, !older else { return false }
        if context.world.prompt.isAllowed {
            let question = report.lines.map(\.printable).joined(separator: "\n")
            if try context.world.prompt.confirm("\(question)\nGive those up?", usual: false) { return false }
        }
        throw Problem(
            .vaultRolledBack, "The vault lacks writes that this machine knows of: \(sight.missingWrites).",
            at: vault.place.description,
            next: sight.objection == .forked
                ? "join both with `qbitvault vault resolve`, or give them up with --older"
                : "look for the newer file, or `qbitvault vault recover`; or give them up with --older")
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
            return try giveUp(sight, report, of: vault, in: context)
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

extension UnmergedCopy {
    /// How what is in it comes back.
    fileprivate var advice: String {
        let file = ShellWord(path.string)
        let command =
            isNewer
            ? "qbitvault vault recover --from \(file)"
            : "qbitvault vault resolve --with \(file) --fingerprint \(fingerprint)"
        return "this machine wrote what is not in it, and keeps that: \(command)"
    }
}
