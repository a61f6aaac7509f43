import ArgumentParser
import CredentialStores
import QBittorrentClient
import Secrets
import SystemPackage

/// Asks once, proves once, keeps.
struct Setup: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Set up a server: ask for the credentials, prove them by one login, keep them.",
        discussion: """
            Nothing is kept or written before the server has accepted the credentials and every question is answered. \
            Without a terminal everything comes by options, and the password by --password-stdin or --password-fd.

            --dry-run does everything but keeping and writing, the login too; that a login was tried is remembered all \
            the same, because that guards this address against a ban.
            """
    )

    @Option(help: ArgumentHelp("The server, such as http://127.0.0.1:8080 or https://host/path.", valueName: "url"))
    var url: String?
    @Flag(help: "Keep nothing and write nothing; say what would be done.")
    var dryRun = false
    @Flag(help: "Change a configuration that says otherwise, without asking. A copy of it is kept.")
    var editConfig = false
    @OptionGroup var place: StoreOption
    @OptionGroup var key: VaultKeyOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.oneOrNew

    func validate() throws {
        if credentials.passwordStdin || credentials.apiKeyStdin, key.passphraseStdin {
            throw ValidationError("Standard input can hold one secret, not the passphrase too.")
        }
    }

    func run(in found: Context) async throws {
        let server = try SetupServer(url: url).server(in: found)
        var context = try found.withoutFoundFile(global, Self.scope)
        let allowsPlainHTTP = try SetupServer.askAboutPlainHTTP(server, &context)
        let configuration = try SetupConfiguration(
            for: server, allowingPlainHTTP: allowsPlainHTTP, mayEdit: editConfig, in: context)
        let decided = try SetupStore.decided(option: place.store, key: key, in: context)
        let probe =
            context.world.prompt.isAllowed
            ? try await SetupProbe(server: server, options: credentials).look(in: &context) : nil
        let target = try decided ?? .asked(key: key, in: context)

        let plain =
            credentials.isGiven
            ? nil
            : try SetupPlainText.offered(
                in: context, to: target.intention(in: context).place, isBelieved: found.file?.isTrusted ?? true)
        var proven = try await SetupLogin(server: server, options: credentials, probe: probe).prove(in: context, plain)
        if let key = try await apiKey(beside: proven, plain, at: server, in: context) { proven.add(key) }

        let kept = SetupKeeping(
            context: context, server: server, target: target, configuration: configuration, options: global)
        try finish(kept, proven, plain)
    }

    /// Asks for an API key too, where the server has accepted the password and knows keys.
    private func apiKey(
        beside proven: borrowing SetupLogin.Proven, _ plain: borrowing SetupPlainText?, at server: Server,
        in context: Context
    ) async throws -> Secret? {
        guard context.world.prompt.isAllowed, proven.proof == .password, !credentials.isGiven,
            context.settings.qbittorrent.authMethod != .password,
            let version = proven.version, Dialect(version).hasAPIKeys
        else { return nil }
        return try await SetupAPIKey(server: server, options: credentials).offered(
            in: context, plain.value(of: .apiKey))
    }

    private func finish(
        _ keeping: SetupKeeping, _ proven: borrowing SetupLogin.Proven, _ plain: borrowing SetupPlainText?
    ) throws {
        let (context, server) = (keeping.context, keeping.server)
        var batch = proven.batch(in: context)
        switch plain {
        case .some(let plain): plain.addOthers(to: &batch)
        case nil: break
        }
        let values = batch.finish()
        if dryRun {
            return try context.world.output.result(
                SetupReport(
                    server: server.origin, username: proven.username, proof: proven.proof.word,
                    store: keeping.target.intention(in: context).place, configuration: nil,
                    done: keeping.intention(values), undo: [], isDryRun: true))
        }
        let kept = try keeping.keep(values)
        try context.world.output.result(
            SetupReport(
                server: server.origin, username: proven.username, proof: proven.proof.word, store: kept.store,
                configuration: kept.configuration, done: kept.deeds.done, undo: kept.deeds.undo, isDryRun: false))
        switch plain {
        case .some(let plain): try plain.offerDeletion(in: context)
        case nil: adviseOnPlainText(in: context)
        }
    }

    private func adviseOnPlainText(in context: Context) {
        guard let path = context.dotEnv(), (try? context.exists(path)) == true else { return }
        context.world.output.note(
            "plain text is left in \(path): `qbitvault credential import \(ShellWord(path.string)) --delete` moves it")
    }
}
