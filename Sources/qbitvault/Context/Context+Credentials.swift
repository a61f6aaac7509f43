import CredentialStores
import Logging
import QBittorrentClient
import Secrets
import SystemPackage

extension Context {
    /// Who answers for the server's credentials, strongest first.
    ///
    /// - Parameter options: what was given to this run; standard input can be read once. Nil leaves it aside.
    func chain(_ options: CredentialOptions?) throws -> CredentialChain {
        var sources: [any CredentialSource] = []
        if let given = try options?.given() { sources.append(given) }
        sources.append(EnvironmentStore())
        sources += suppliedFolders.map { CredentialDirectory($0) }
        if let choice = try chosenStore() {
            sources.append(try isOneOfSeveral ? known.shared { try source(choice) } : source(choice))
        }
        if let path = dotEnv() { sources.append(DotEnvStore(path)) }
        return CredentialChain(
            sources: sources, server: serverName, origin: try server().origin,
            username: options?.username ?? settings.qbittorrent.username,
            allowsUnbound: file?.isTrusted ?? true)
    }

    /// What may sign in, by the settings.
    var wanted: CredentialChain.Wanted {
        switch settings.qbittorrent.authMethod {
        case .automatic: [.password, .apiKey]
        case .password: .password
        case .apiKey: .apiKey
        }
    }

    /// The credentials to sign in with; using `.env` is said.
    func credentials(
        from chain: CredentialChain, _ wanted: CredentialChain.Wanted
    ) throws -> CredentialChain.Answer {
        switch try chain.credentials(wanted) {
        case let answer?:
            world.log.info("credentials: from \(answer.place)")
            if answer.place.kind == .dotEnv {
                world.output.note(
                    "the credentials come from plain text, \(answer.place.detail); `qbitvault setup` keeps them better")
            }
            return answer
        case nil:
            throw Problem(
                .credentialNotFound, "There is no \(wanted.words) for \(try server().origin).",
                at: chain.sources.map(\.place.description).joined(separator: ", "),
                next: "keep one with `qbitvault setup`")
        }
    }

    /// The `.env` beside the configuration in use, or where one would be.
    func dotEnv() -> FilePath? {
        if let file { return file.dotEnv }
        let folders = [world.folders.config, world.workingFolder.appending("config")]
        return folders.compactMap { $0?.appending(".env") }.first { (try? $0.stat()) != nil }
    }
}

extension CredentialChain.Wanted {
    fileprivate var words: String {
        switch self {
        case .password: "password"
        case .apiKey: "API key"
        default: "password or API key"
        }
    }
}
