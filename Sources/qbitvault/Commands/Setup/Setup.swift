import ArgumentParser
import CredentialStores
import QBittorrentClient
import SystemPackage

/// Asks once, proves once, keeps.
struct Setup: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Set up a server: ask for the credentials, prove them by one login, keep them.",
        discussion: """
            Nothing is kept before the server has accepted the credentials. Without a terminal everything comes by \
            options, and the password by --password-stdin or --password-fd.
            """
    )

    @Option(help: ArgumentHelp("The server, such as http://127.0.0.1:8080 or https://host/path.", valueName: "url"))
    var url: String?
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
        let server = try server(in: found)
        let context = try found.withoutFoundFile(global, Self.scope)
        let configuration = try SetupConfiguration(for: server, in: context)
        var allowing = context
        try askAboutPlainHTTP(server, &allowing)
        let target = try SetupStore(option: place.store, key: key, in: context)
        let proven = try await SetupLogin(server: server, options: credentials).prove(in: allowing)
        let store = try target.store(in: context)
        try proven.keep(in: store, server: context.serverName, origin: server.origin)
        try target.record(in: context)
        let allowed = allowing.allowsPlainHTTP(to: server)
        let file = try configuration.write(allowingPlainHTTP: allowed)
        if let advice = configuration.advice(allowingPlainHTTP: allowed, context) { context.world.output.note(advice) }
        try context.world.output.result(
            SetUp(
                server: server.origin, username: proven.username,
                proof: proven.proof.word, store: store.place.description,
                configuration: file?.string))
    }

    private func server(in context: Context) throws -> Server {
        if let url { return try Server(typed: url) }
        let known = context.isKnownServer ? try context.server() : nil
        if let known, let file = context.file, file.isTrusted { return known }
        if context.world.prompt.isAllowed {
            return try Server(typed: context.world.prompt.ask("Server", usual: known?.origin))
        }
        guard let known else {
            throw Problem(
                .usage, "It is not known yet where \(context.serverName) is.", at: "--server",
                next: "name its address: --url")
        }
        guard let file = context.file else { return known }
        throw Problem(
            .configuration, "The configuration that names the server was merely found in the working folder.",
            at: file.path.string, next: "if you trust it, name it: --config \(file.path); or name the server: --url")
    }

    private func askAboutPlainHTTP(_ server: Server, _ context: inout Context) throws {
        guard server.scheme == .http, !server.isLoopback, !context.allowsPlainHTTP(to: server) else { return }
        guard context.world.prompt.isAllowed,
            try context.world.prompt.confirm(
                "The password would travel to \(server.host) over plain http, where others may read it. Go on?",
                usual: false)
        else { throw ServerError(.plainHTTPNotAllowed, at: server) }
        context.settings.qbittorrent.allowPlainHTTP.append(server.host)
    }
}

/// What `setup` tells.
private struct SetUp: Encodable, CustomStringConvertible {
    let server: String
    /// Nil where an API key signs in.
    let username: String?
    let proof: String
    let store: String
    let configuration: String?

    var description: String {
        let head =
            proof == SignIn.Proof.unproven
            ? "\(server) asks this address for no login, so nothing was proved"
            : "\(server) accepted \(username ?? "the API key")"
        return [head, "credentials kept in the \(store)", configuration.map { "configuration written to \($0)" }]
            .compactMap(\.self).joined(separator: "\n")
    }
}
