import SystemPackage

/// The settings in force, and the file that they come from.
struct LoadedSettings: Hashable, Sendable {
    var settings = Settings()
    /// Nil where there is none, and defaults and the environment are all.
    var file: ConfigurationFile?

    /// Reads the first configuration file there is and what the environment sets above it.
    ///
    /// - Parameter candidates: where to look, from ``ConfigurationFile/candidates(option:environment:system:workingFolder:)``.
    static func load(
        from candidates: [ConfigurationFile], environment: (String) -> String?
    ) throws(SettingsError) -> LoadedSettings {
        let home = Folders(environment: environment).home
        var loaded = LoadedSettings()
        for candidate in candidates {
            guard let bytes = try candidate.read() else { continue }
            try loaded.settings.apply(bytes, of: candidate, home: home)
            loaded.file = candidate
            break
        }
        try loaded.settings.apply(environment: environment, home: home)
        return loaded
    }
}
