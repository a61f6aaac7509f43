extension SettingsReader {
    static let presets = "presets"

    /// Takes in `torrent_creation.presets:`, where each entry is a set of that section's keys.
    mutating func takePresets(_ node: YamlNode) throws(SettingsError) {
        let path = "\(SettingKey.Section.torrentCreation.rawValue).\(Self.presets)"
        for entry in try entries(of: node, named: path, expected: "a mapping from names to settings") {
            guard ServerName.isSound(entry.key) else { throw problem(.unsoundName(entry.key), at: entry.position) }
            // What is wrong in it is told now, not when it is used.
            let common = settings.torrentCreation
            _ = try take(entry.value, as: .torrentCreation, named: "\(path).\(entry.key)")
            settings.torrentCreation = common
            let said = try entries(of: entry.value, named: path, expected: "").filter { $0.value.content != .null }
            settings.torrentCreation.presets.append(
                CreationPreset(
                    name: entry.key, keys: said.map { "\(SettingKey.Section.torrentCreation.rawValue).\($0.key)" },
                    nodes: said.map(\.value), base: base))
        }
    }
}
