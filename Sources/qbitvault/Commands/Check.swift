import ArgumentParser
import QBittorrentClient

/// Is the server there, and do the credentials work?
struct Check: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Sign in once and tell what the server is.",
        discussion: "Asks without credentials first, then signs in once. Nothing on the server changes."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions

    static let scope = ServerScope.several

    func run(in context: Context) async throws {
        guard global.allServers else { return try context.world.output.result(try await check(in: context)) }
        try credentials.refuseForSeveral()
        try await context.reportEachServer(check)
    }

    private func check(in context: Context) async throws -> Checked {
        let server = try context.server()
        return try await context.signedIn(credentials) { signedIn in
            let application = Application(signedIn.session)
            let version = try await application.webAPIVersion()
            return Checked(
                server: server.origin, version: try await application.version(), webAPIVersion: version.description,
                torrentCreator: Dialect(version).hasTorrentCreator, apiKeys: Dialect(version).hasAPIKeys,
                proof: signedIn.proof.word,
                credentialSource: signedIn.place?.description)
        }
    }
}

/// What a check has found.
private struct Checked: Encodable, CustomStringConvertible {
    let server: String
    let version: String
    let webAPIVersion: String
    let torrentCreator: Bool
    let apiKeys: Bool
    let proof: String
    let credentialSource: String?

    private enum CodingKeys: String, CodingKey {
        case server, version, proof
        case webAPIVersion = "web_api_version"
        case torrentCreator = "torrent_creator"
        case apiKeys = "api_keys"
        case credentialSource = "credential_source"
    }

    var description: String {
        """
        \(server): qBittorrent \(version), Web API \(webAPIVersion)
        torrent creator: \(torrentCreator ? "yes" : "no, it needs qBittorrent 5.0")
        API keys: \(apiKeys ? "yes" : "no, they need qBittorrent 5.2")
        credentials: \(accepted ?? "not proven, the server asks this address for none")
        """
    }

    private var accepted: String? {
        credentialSource.map { "\(proof == SignIn.Proof.apiKey.word ? "API key accepted" : "accepted"), from \($0)" }
    }
}

extension Checked: ServerFinding {
    static var columns: [String] { ["version", "web api", "torrent creator", "credentials"] }

    var cells: [String] {
        [
            version, webAPIVersion, torrentCreator ? "yes" : "no",
            credentialSource.map { "\(proof), from \($0)" } ?? proof,
        ]
    }
}
