import CredentialStores

/// Variables that are set here, have a say, and are not set there.
struct LostVariables: Sendable {
    /// Of passwords and keys, user names, and what headers refer to: `QBIT_PASSWORD`, `QBIT_PASSWORD_FILE`.
    let credentials: [String]
    /// That say where files are.
    let folders: [String]
    /// `QBITVAULT_…`
    let settings: [String]
    let proxies: [String]

    /// - Parameter isThere: whether the surrounding has it.
    init(in context: Context, isThere: (String) -> Bool) {
        let server = context.serverName
        let names = [CredentialName.username, .password, .apiKey] + context.settings.qbittorrent.references
        let unscoped = names.map { CredentialKey(server: server, name: $0).unscopedName }
        func lost(_ names: [String]) -> [String] {
            names.filter { context.world.environment($0)?.isEmpty == false && !isThere($0) }
        }
        credentials = lost(unscoped.flatMap { [$0, $0 + "_FILE"] })
        folders = lost([
            "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY",
        ])
        settings = lost(["QBITVAULT_CONFIG", "QBITVAULT_PASSPHRASE_FILE"] + SettingKey.all.map(\.variable))
        let kinds = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"]
        proxies = lost(kinds.flatMap { [$0, $0.uppercased()] })
    }
}

extension ServerSettings {
    /// The credentials that headers refer to.
    fileprivate var references: [CredentialName] {
        headers.flatMap(\.parts).compactMap { part in
            if case .credential(let name) = part { name } else { nil }
        }
    }
}
