import SystemPackage

/// Walks through one file's tree.
struct SettingsReader {
    let file: ConfigurationFile
    let base: PathBase
    var settings: Settings
    /// Where each key of a section stands that has a value there, by the key's path.
    private(set) var lines: [String: Int] = [:]

    init(file: ConfigurationFile, home: FilePath?, settings: Settings) {
        self.file = file
        base = PathBase(folder: file.path.removingLastComponent(), home: home)
        self.settings = settings
    }

    mutating func takeSections(of root: YamlNode) throws(SettingsError) {
        let names = SettingKey.Section.allCases.map(\.rawValue) + [Self.servers]
        var servers: YamlNode?
        for entry in try entries(of: root, named: "", expected: "sections: \(names.joined(separator: ", "))") {
            if entry.key == Self.servers {
                servers = entry.value
                continue
            }
            guard let section = SettingKey.Section(rawValue: entry.key) else {
                let nearest = NearestKey.to(entry.key, among: names) ?? path(ofKeyNamed: entry.key)
                throw problem(.unknownKey(entry.key, nearest: nearest), at: entry.position)
            }
            for (key, line) in try take(entry.value, as: section, named: entry.key) {
                lines["\(entry.key).\(key)"] = line
            }
        }
        // Last, wherever it stands: each server starts from what `qbittorrent:` says.
        if let servers { try takeServers(servers) }
    }

    /// Takes in a mapping of settings, and returns the line of each key that has a value in it.
    ///
    /// - Parameter name: what the mapping is called, such as `qbittorrent` or `servers.nas`.
    mutating func take(
        _ node: YamlNode, as section: SettingKey.Section, named name: String
    ) throws(SettingsError) -> [String: Int] {
        let known = SettingKey.all.filter {
            $0.section == section && (name == section.rawValue || !$0.traits.contains(.common))
        }
        var lines: [String: Int] = [:]
        for entry in try entries(of: node, named: name, expected: "a mapping of settings") {
            // A server of its own has a section of its own for what signs in there.
            if section == .qbittorrent, name != section.rawValue, entry.key == SettingKey.Section.auth.rawValue {
                _ = try take(entry.value, as: .auth, named: "\(name).\(entry.key)")
                continue
            }
            if section == .torrentCreation, name == section.rawValue, entry.key == Self.presets {
                try takePresets(entry.value)
                continue
            }
            guard let key = known.first(where: { $0.name == entry.key || $0.alias == entry.key }) else {
                let nearest = NearestKey.to(entry.key, among: known.map(\.name)).map { "\(name).\($0)" }
                let meant = path(ofKeyNamed: entry.key) ?? nearest
                throw problem(.unknownKey("\(name).\(entry.key)", nearest: meant), at: entry.position)
            }
            // A key that was left empty in a template is not set.
            guard entry.value.content != .null else { continue }
            if lines.updateValue(entry.position.line, forKey: key.name) != nil {
                throw problem(.conflict(key: key.name, with: key.alias ?? key.name), at: entry.position)
            }
            try take(entry, as: key, named: "\(name).\(key.name)")
        }
        try refuseTwoAddresses(named: name, lines)
        return lines
    }

    private mutating func take(_ entry: YamlEntry, as key: SettingKey, named path: String) throws(SettingsError) {
        guard key.store(entry.value, base, &settings) else {
            if let flaw = key.flaw(entry.value) { throw problem(flaw.code, at: flaw.position) }
            throw problem(
                .wrongValue(key: path, expected: key.expected, found: key.found(entry.value)), at: entry.position)
        }
        guard !file.isTrusted, !key.isDefault(settings) else { return }
        if key.traits.contains(.guarded) { throw problem(.weakening(key: path), at: entry.position) }
        if key.traits.contains(.command) { throw problem(.commanding(key: path), at: entry.position) }
    }

    private func refuseTwoAddresses(named name: String, _ lines: [String: Int]) throws(SettingsError) {
        guard let line = lines["url"] else { return }
        for key in SettingKey.all where key.traits.contains(.address) {
            guard let other = lines[key.name] else { continue }
            throw SettingsError(
                .conflict(key: "\(name).url", with: "\(name).\(key.name)"), at: .file(file.path, line: max(line, other))
            )
        }
    }

    func entries(
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

    func problem(_ code: SettingsError.Code, at position: YamlPosition) -> SettingsError {
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
