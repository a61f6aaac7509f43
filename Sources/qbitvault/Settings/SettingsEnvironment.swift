import SystemPackage

extension Settings {
    /// Takes in the `QBITVAULT_…` variables, which stand above the file. An empty one is not set.
    /// Names of files in them are relative to the working folder. Those of `qbittorrent:` speak of the default server
    /// alone: a container's address must not become that of every server in a file.
    ///
    /// - Returns: the paths of the keys that are set.
    @discardableResult
    mutating func apply(environment: (String) -> String?, home: FilePath?) throws(SettingsError) -> Set<String> {
        let base = PathBase(folder: "", home: home)
        var set: [SettingKey] = []
        for key in SettingKey.all {
            guard let text = environment(key.variable), !text.isEmpty else { continue }
            guard !key.traits.contains(.fileOnly) else {
                throw SettingsError(.noOverride(key: key.path), at: .variable(key.variable))
            }
            let node = key.node(of: text)
            guard let node, key.store(node, base, &self) else {
                if let flaw = node.flatMap(key.flaw) { throw SettingsError(flaw.code, at: .variable(key.variable)) }
                let found = node.map(key.found) ?? .hidden
                throw SettingsError(
                    .wrongValue(key: key.path, expected: key.expected, found: found), at: .variable(key.variable))
            }
            set.append(key)
        }
        // A whole address from the environment replaces the file's parts. A part cannot change a whole.
        if qbittorrent.url != nil, let part = set.first(where: { $0.traits.contains(.address) }) {
            throw SettingsError(.conflict(key: part.path, with: "qbittorrent.url"), at: .variable(part.variable))
        }
        return Set(set.map(\.path))
    }
}

extension SettingKey {
    /// A variable's text as if it stood in the file: lists and mappings are YAML, all else is taken as it is.
    fileprivate func node(of text: String) -> YamlNode? {
        isStructured
            ? try? YamlReader.read(Array(text.utf8)) : YamlNode(content: .scalar(text, plain: true), position: .start)
    }
}
