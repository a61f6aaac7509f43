import ArgumentParser
import CredentialStores
import Secrets
import SystemPackage

/// Writes one credential to standard output.
struct CredentialGet: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Write a credential to standard output, its bytes and nothing else.",
        discussion: "The strongest source answers: the environment, the store, .env. `credential where` tells which."
    )

    @OptionGroup var argument: NameArgument
    @Flag(help: "Show it although standard output is a terminal.")
    var reveal = false
    @Option(
        help: ArgumentHelp(
            """
            The vault's earlier value: what `vault resolve` gave up is abandoned, or previous where there is an \
            abandoned one already.
            """, valueName: "abandoned|previous"))
    var earlier: EarlierPart?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.json { throw ValidationError("A secret is never put into a JSON document.") }
    }

    func run(in context: Context) async throws {
        if Terminal.isTerminal(.standardOutput), !reveal {
            throw Problem(
                .usage, "It is a terminal, where anybody could read along.", at: "standard output",
                next: "send it into a pipe or file, or say --reveal")
        }
        if let earlier { return try show(earlier, in: context) }
        let chain = try context.chain(CredentialOptions.none)
        switch try argument.name == .username ? chain.findUsername() : chain.find(argument.name) {
        case let found?: try context.world.output.secret(found.credential.value)
        case nil:
            throw Problem(
                .credentialNotFound, "There is no \(argument.name).",
                at: chain.sources.map(\.place.description).joined(separator: ", "),
                next: "keep one with `qbitvault credential set \(argument.name)`")
        }
    }
}

extension CredentialGet {
    private func show(_ part: EarlierPart, in context: Context) throws {
        let vault = try context.vault()
        switch try vault.read(context.key(argument.name), part) {
        case let stored?: try context.world.output.secret(stored.value)
        case nil:
            throw Problem(noEarlier: part, of: argument.name, in: vault)
        }
    }
}

extension EarlierPart: ExpressibleByArgument {}

extension CredentialOptions {
    /// Nothing was given to this run.
    static var none: CredentialOptions {
        var options = CredentialOptions()
        options.username = nil
        options.passwordStdin = false
        options.passwordFd = nil
        options.apiKeyStdin = false
        options.force = false
        return options
    }
}
