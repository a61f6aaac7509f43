import SystemPackage

/// The settings in force, and the file that they come from.
struct LoadedSettings: Hashable, Sendable {
    var settings = Settings()
    /// Nil where there is none, and defaults and the environment are all.
    var file: ConfigurationFile?
    /// What every server starts from: `qbittorrent:` of the file, without the environment.
    var template = ServerSettings()
    /// Whether anybody has said where the default server is.
    var namesDefaultServer = false

    /// Reads the first configuration file there is and what the environment sets above it.
    ///
    /// - Parameter candidates: where to look, from ``ConfigurationFile/candidates(option:environment:system:workingFolder:)``.
    static func load(
        from candidates: [ConfigurationFile], environment: (String) -> String?
    ) throws(SettingsError) -> LoadedSettings {
        let home = Folders(environment: environment).home
        var loaded = LoadedSettings()
        var said: Set<String> = []
        for candidate in candidates {
            guard let bytes = try candidate.read() else { continue }
            said = try loaded.settings.apply(bytes, of: candidate, home: home)
            loaded.file = candidate
            break
        }
        loaded.template = loaded.settings.qbittorrent
        said.formUnion(try loaded.settings.apply(environment: environment, home: home))
        loaded.namesDefaultServer = SettingKey.all.contains { $0.saysWhere && said.contains($0.path) }
        return loaded
    }
}
