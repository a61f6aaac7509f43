extension SettingsReader {
    static let servers = "servers"

    /// Takes in `servers:`, where each entry says what is different from `qbittorrent:`, key by key.
    mutating func takeServers(_ node: YamlNode) throws(SettingsError) {
        let expected = "a mapping from the names of servers to their settings"
        for entry in try entries(of: node, named: Self.servers, expected: expected) {
            try check(name: entry)
            let common = settings.qbittorrent
            let lines = try take(entry.value, as: .qbittorrent, named: "\(Self.servers).\(entry.key)")
            var own = settings.qbittorrent
            settings.qbittorrent = common
            if common.url != nil, try saysAddressByParts(entry.key, lines) { own.url = nil }
            settings.servers.append(NamedServer(name: entry.key, settings: own))
        }
    }

    private func check(name entry: YamlEntry) throws(SettingsError) {
        guard ServerName.isSound(entry.key) else { throw problem(.unsoundName(entry.key), at: entry.position) }
        guard !ServerName.isReserved(entry.key) else { throw problem(.reservedName(entry.key), at: entry.position) }
        for other in settings.servers.map(\.name) {
            guard let variable = ServerName.variable(sharedBy: other, and: entry.key) else { continue }
            throw problem(.sharedVariable(variable, other, entry.key), at: entry.position)
        }
    }

    /// Whether an entry says by parts where its server is. Beside a whole address in `qbittorrent:` they replace all of
    /// it, so the host must be among them: a port alone would be one of this machine.
    private func saysAddressByParts(_ name: String, _ lines: [String: Int]) throws(SettingsError) -> Bool {
        let parts = SettingKey.all.filter { $0.traits.contains(.address) && lines[$0.name] != nil }
        guard let part = parts.first, lines["host"] == nil else { return !parts.isEmpty }
        throw SettingsError(
            .partOfAddress(key: "\(Self.servers).\(name).\(part.name)", whole: "qbittorrent.url"),
            at: .file(file.path, line: lines[part.name]))
    }
}
