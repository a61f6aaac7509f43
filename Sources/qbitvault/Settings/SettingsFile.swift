import SystemPackage

extension Settings {
    /// Takes in what a configuration file says. Names of files in it are relative to its own folder.
    ///
    /// - Returns: the paths of the keys that have a value in it, but for those of `servers:`.
    @discardableResult
    mutating func apply(
        _ bytes: [UInt8], of file: ConfigurationFile, home: FilePath?
    ) throws(SettingsError) -> Set<String> {
        let root: YamlNode
        do throws(YamlError) { root = try YamlReader.read(bytes) } catch {
            throw SettingsError(.malformed(error.code), at: .file(file.path, line: error.position.line))
        }
        var reader = SettingsReader(file: file, home: home, settings: self)
        try reader.takeSections(of: root)
        self = reader.settings
        return Set(reader.lines.keys)
    }
}
