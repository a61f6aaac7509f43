import SystemPackage

extension Settings {
    /// Takes in what a configuration file says. Names of files in it are relative to its own folder.
    mutating func apply(_ bytes: [UInt8], of file: ConfigurationFile, home: FilePath?) throws(SettingsError) {
        let root: YamlNode
        do throws(YamlError) { root = try YamlReader.read(bytes) } catch {
            throw SettingsError(.malformed(error.code), at: .file(file.path, line: error.position.line))
        }
        var reader = SettingsReader(file: file, home: home, settings: self)
        try reader.takeSections(of: root)
        self = reader.settings
    }
}

/// Walks through one file's tree.
private struct SettingsReader {
    let file: ConfigurationFile
    let base: PathBase
    var settings: Settings
    /// The keys that stand in the file with a value, by their path, and the line of each.
    private var lines: [String: Int] = [:]

    init(file: ConfigurationFile, home: FilePath?, settings: Settings) {
        self.file = file
        base = PathBase(folder: file.path.removingLastComponent(), home: home)
        self.settings = settings
    }

    mutating func takeSections(of root: YamlNode) throws(SettingsError) {
        let names = SettingKey.Section.allCases.map(\.rawValue)
        for entry in try entries(of: root, named: "", expected: "sections: \(names.joined(separator: ", "))") {
            guard let section = SettingKey.Section(rawValue: entry.key) else {
                let nearest = NearestKey.to(entry.key, among: names) ?? path(ofKeyNamed: entry.key)
                throw problem(.unknownKey(entry.key, nearest: nearest), at: entry.position)
            }
            let expected = "a mapping of settings"
            for setting in try entries(of: entry.value, named: entry.key, expected: expected) {
                try take(setting, in: section)
            }
        }
        try refuseTwoAddresses()
    }

    private mutating func take(_ entry: YamlEntry, in section: SettingKey.Section) throws(SettingsError) {
        let known = SettingKey.all.filter { $0.section == section }
        guard let key = known.first(where: { $0.name == entry.key || $0.alias == entry.key }) else {
            let nearest = NearestKey.to(entry.key, among: known.map(\.name)).map { "\(section.rawValue).\($0)" }
            let name = "\(section.rawValue).\(entry.key)"
            throw problem(.unknownKey(name, nearest: nearest ?? path(ofKeyNamed: entry.key)), at: entry.position)
        }
        // A key that was left empty in a template is not set.
        guard entry.value.content != .null else { return }
        if let alias = key.alias, lines.updateValue(entry.position.line, forKey: key.path) != nil {
            throw problem(.conflict(key: key.name, with: alias), at: entry.position)
        }
        lines[key.path] = entry.position.line
        guard key.store(entry.value, base, &settings) else {
            throw problem(
                .wrongValue(key: key.path, expected: key.expected, found: key.found(entry.value)), at: entry.position)
        }
        if !file.isTrusted, key.traits.contains(.guarded), !key.isDefault(settings) {
            throw problem(.weakening(key: key.path), at: entry.position)
        }
    }

    private func refuseTwoAddresses() throws(SettingsError) {
        guard let line = lines["qbittorrent.url"] else { return }
        for key in SettingKey.all where key.traits.contains(.address) && lines[key.path] != nil {
            throw SettingsError(
                .conflict(key: "qbittorrent.url", with: key.path),
                at: .file(file.path, line: max(line, lines[key.path] ?? 0)))
        }
    }

    private func entries(
        of node: YamlNode, named name: String, expected: String
    ) throws(SettingsError) -> [YamlEntry] {
        switch node.content {
        case .null: []
        case .mapping(let entries): entries
        case .sequence: throw problem(.wrongValue(key: name, expected: expected, found: .list), at: node.position)
        case .scalar: throw problem(.wrongValue(key: name, expected: expected, found: .hidden), at: node.position)
        }
    }

    /// Where a key belongs that stands in the wrong section.
    private func path(ofKeyNamed name: String) -> String? {
        SettingKey.all.first { $0.name == name || $0.alias == name }?.path
    }

    private func problem(_ code: SettingsError.Code, at position: YamlPosition) -> SettingsError {
        SettingsError(code, at: .file(file.path, line: position.line))
    }
}

extension SettingKey {
    /// What stands in a place where this key expects something else.
    func found(_ node: YamlNode) -> SettingsError.Found {
        switch node.content {
        case .mapping: .mapping
        case .sequence: .list
        case .null: .text("")
        case .scalar(let text, _): traits.contains(.secretive) ? .hidden : .text(text)
        }
    }
}
