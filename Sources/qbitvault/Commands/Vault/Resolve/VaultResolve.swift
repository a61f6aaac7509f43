import ArgumentParser
import CredentialStores
import SystemPackage

/// Brings two files of one vault together that were changed apart.
struct VaultResolve: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Bring two copies of the vault together that were changed apart.",
        discussion: """
            The two are the file in the vault's place and the one that this machine wrote last, or FILE, such as the copy that
            a sync program has put aside. What only one of them has is kept. Where both have a different value, you say whose
            counts; the other stays in the vault, as abandoned. No clock decides. What was deleted on one side alone comes back.
            """)

    @Option(help: ArgumentHelp("The other copy.", valueName: "file"))
    var with: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("This machine's value of NAME counts, or of SERVER:NAME.", valueName: "name"))
    var mine: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("The other value of NAME counts, or of SERVER:NAME.", valueName: "name"))
    var theirs: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Earlier values of NAME, or of SERVER:NAME, may go where there is no room for all.", valueName: "name"))
    var forget: [String] = []

    @Flag(help: "Where both have a password for a server, the one that signs in there counts: at most two logins.")
    var signIn = false

    @Option(
        help: ArgumentHelp(
            "Take over what is kept in a copy signed by this other identity.", valueName: "hex"))
    var fingerprint: String?

    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if with?.isEmpty == true { throw ValidationError("The other copy has no name.") }
    }

    func run(in context: Context) async throws {
        let vault = try context.vault()
        guard let fork = try fork(of: vault) else {
            let nothing = Resolved(vault: vault.path.string, isForked: false, added: [], mine: [], theirs: [])
            return try context.world.output.done("the vault was not changed apart: it is as it should be", nothing)
        }
        let choices = try await choices(fork, context, vault.place)
        try vault.resolve(fork, choices: choices) { key in
            forget.contains { $0 == key.name.description || $0 == key.spelled }
        }
        try tell(fork, choices, of: vault, to: context.world.output)
    }

    private func choices(
        _ fork: Fork, _ context: Context, _ place: Place
    ) async throws -> [CredentialKey: Fork.Side] {
        let words = ForkChoices(mine: mine, theirs: theirs)
        var choices = try words.said(among: fork.differences, place)
        if signIn { choices = try await ForkSignIn(fork: fork, context: context).choices(besides: choices) }
        return try words.settled(choices, fork.differences, context.world.prompt, place)
    }

    private func fork(of vault: VaultStore) throws -> Fork? {
        do {
            return try vault.fork(with: with.map { FilePath($0) }, trusting: fingerprint?.lowercased())
        } catch {
            if let with, error.place != vault.place, let problem = Problem(ofCopy: error, at: with) { throw problem }
            guard with == nil, error.code == .forked || error.code == .missing && error.place != vault.place else {
                throw error
            }
            throw Problem(
                .vaultRolledBack, "This machine's own copy of the vault is not at hand.", at: vault.place.description,
                next: "name it with --with FILE, or give it up: qbitvault vault trust")
        }
    }

    private func tell(
        _ fork: Fork, _ choices: [CredentialKey: Fork.Side], of vault: VaultStore, to output: Output
    ) throws {
        func names(_ side: Fork.Side) -> [String] {
            fork.differences.map(\.key).filter { choices[$0] == side }.map(\.spelled)
        }
        let resolved = Resolved(
            vault: vault.path.string, isForked: true, added: fork.additions.map(\.spelled), mine: names(.mine),
            theirs: names(.theirs))
        try output.done("the two copies are one again, at \(vault.path)", resolved)
        guard !output.isJSON else { return }
        for (words, names) in [
            ("taken over", resolved.added), ("this machine's value counts", resolved.mine),
            ("the other value counts", resolved.theirs),
        ] where !names.isEmpty {
            output.note("\(words): \(names.joined(separator: ", "))")
        }
        if with != nil { output.note("\(fork.other) is not needed any more, and is left where it is") }
    }

    private struct Resolved: Encodable {
        let vault: String
        let isForked: Bool
        /// What only the other copy had.
        let added: [String]
        let mine: [String]
        let theirs: [String]
    }
}

extension Problem {
    /// What is wrong with a copy, whose remedy is not the vault's. Nil where it is the same.
    fileprivate init?(ofCopy error: StoreError, at copy: String) {
        switch error.code {
        case .missing:
            self.init(.credentialNotFound, "There is no such copy.", at: copy, next: "name another one: --with FILE")
        case .damaged, .newer:
            let problem = Problem(error)
            self.init(
                problem.status, "The copy is of no use. \(problem.what)", at: copy,
                next: "look at it: qbitvault vault verify \(ShellWord(copy)); or name another one: --with FILE")
        default: return nil
        }
    }
}

extension CredentialKey {
    /// `SERVER:NAME`, as options spell it.
    var spelled: String { "\(server):\(name)" }
}
