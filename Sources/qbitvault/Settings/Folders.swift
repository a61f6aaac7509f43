import SystemPackage

/// Where this user's configuration, data and state belong, by the XDG rules.
struct Folders: Hashable, Sendable {
    /// Nil where neither `XDG_CONFIG_HOME` nor `HOME` says.
    let config: FilePath?
    private let dataFolder: FilePath?
    private let stateFolder: FilePath?
    /// The user's home; nil where `HOME` does not say.
    let home: FilePath?

    /// Only absolute paths count, as the XDG rules ask.
    init(environment: (String) -> String?) {
        func absolute(_ text: Substring) -> FilePath? { text.hasPrefix("/") ? FilePath(String(text)) : nil }
        func folder(_ variable: String) -> FilePath? { environment(variable).flatMap { absolute($0[...]) } }
        let home = folder("HOME")
        func place(_ variable: String, or usual: FilePath) -> FilePath? {
            (folder(variable) ?? home?.appending(usual.components)).map { $0.appending("qbitvault") }
        }
        // systemd names a folder that is ours alone already, the first of several.
        let given = environment("STATE_DIRECTORY")?.split(separator: ":").first.flatMap(absolute)
        self.home = home
        config = place("XDG_CONFIG_HOME", or: ".config")
        dataFolder = place("XDG_DATA_HOME", or: ".local/share")
        stateFolder = given ?? place("XDG_STATE_HOME", or: ".local/state")
    }

    /// Whether anybody says where the vault belongs.
    var hasData: Bool { dataFolder != nil }

    /// Where the vault belongs.
    var data: FilePath {
        get throws(SettingsError) { try known(dataFolder) }
    }

    /// Where key file, login guard, pins and journals belong.
    var state: FilePath {
        get throws(SettingsError) { try known(stateFolder) }
    }

    private func known(_ folder: FilePath?) throws(SettingsError) -> FilePath {
        guard let folder else { throw SettingsError(.noFolder, at: .variable("HOME")) }
        return folder
    }
}
