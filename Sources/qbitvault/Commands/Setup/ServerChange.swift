import QBittorrentClient
import SystemPackage

/// What a configuration is to say of one server from now on, and nothing else.
struct ServerChange {
    /// Where the server is.
    let server: Server
    /// Its name under `servers:`; nil for the one of `qbittorrent:`.
    let name: String?
    /// Whether a password may go there over plain http. False leaves that as it is.
    let allowsPlainHTTP: Bool

    /// The section that says where the server is.
    var section: [String] { name.map { [SettingsReader.servers, $0] } ?? [SettingKey.Section.qbittorrent.rawValue] }

    /// The text of a configuration with the change in it.
    ///
    /// - Returns: nil where it cannot be made with certainty: the text that comes of it was read, and says anything else
    ///   than what is meant.
    func applied(to bytes: [UInt8], of file: ConfigurationFile, home: FilePath?) throws(SettingsError) -> [UInt8]? {
        var before = Settings()
        try before.apply(bytes, of: file, home: home)
        guard let changed = try? edited(bytes, before: before) else { return nil }
        var after = Settings()
        guard (try? after.apply(changed, of: file, home: home)) != nil, isMeant(by: after, before: before) else {
            return nil
        }
        return changed
    }

    /// The text of a new configuration that says this alone.
    var newText: [UInt8] {
        var lines = ["# Made by qbitvault setup.", "\(section[0]):"]
        if let name { lines.append("  \"\(name)\":") }
        let indentation = name == nil ? "  " : "    "
        lines.append("\(indentation)url: \(Self.quoted(server.origin))")
        if allowsPlainHTTP { lines.append("\(indentation)allow_plain_http: [\(Self.quoted(server.host))]") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func edited(_ bytes: [UInt8], before: Settings) throws -> [UInt8] {
        var text = try YamlText(bytes)
        let known = settings(in: before)
        if (try? known?.server()) != server {
            let said = text.keys(in: section)
            let parts = SettingKey.all.filter { $0.traits.contains(.address) && said.contains($0.name) }
            if let known, !parts.isEmpty, !said.contains("url") {
                try setParts(in: &text, before: known)
            } else {
                try text.set(section + ["url"], to: Self.quoted(server.origin))
            }
        }
        if allowsPlainHTTP { try text.append(Self.quoted(server.host), to: section + ["allow_plain_http"]) }
        return text.bytes
    }

    /// Where the address stands in parts, those that are different.
    private func setParts(in text: inout YamlText, before: ServerSettings) throws(YamlText.Unchangeable) {
        let known = try? before.server()
        if known?.host != server.host { try text.set(section + ["host"], to: Self.quoted(server.host)) }
        if before.port != server.port { try text.set(section + ["port"], to: "\(server.port)") }
        if before.useHTTPS != (server.scheme == .https) {
            try text.set(section + ["use_https"], to: "\(server.scheme == .https)")
        }
        if (known?.basePath ?? before.basePath) != server.basePath {
            try text.set(section + ["base_path"], to: Self.quoted(server.basePath))
        }
    }

    /// Hosts, addresses and paths have no character that would have to be written otherwise.
    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    /// Whether `after` says of this server what is meant, and all else as `before`.
    private func isMeant(by after: Settings, before: Settings) -> Bool {
        guard let own = settings(in: after), (try? own.server()) == server,
            !allowsPlainHTTP || own.allowsPlainHTTP(to: server)
        else { return false }
        var (after, before) = (after, before)
        if let name, settings(in: before) == nil {
            guard let index = after.servers.firstIndex(where: { $0.name == name }) else { return false }
            guard own.withoutAddress == after.qbittorrent.withoutAddress else { return false }
            after.servers.remove(at: index)
        }
        guard after.withoutAddresses == before.withoutAddresses else { return false }
        return zip(after.allServers, before.allServers).allSatisfy { new, old in
            if new.name == name { return true }
            // What a server takes over from `qbittorrent:` is not to lead it elsewhere.
            let hosts = Set(new.settings.allowPlainHTTP).subtracting([server.host])
            return (try? new.settings.server()) == (try? old.settings.server())
                && hosts == Set(old.settings.allowPlainHTTP).subtracting([server.host])
        }
    }

    /// Nil where they do not know it.
    private func settings(in settings: Settings) -> ServerSettings? {
        guard let name else { return settings.qbittorrent }
        return settings.servers.first { $0.name == name }?.settings
    }
}

extension ServerSettings {
    /// The server that they name.
    func server() throws(InvalidServer) -> Server {
        if let url { return try Server(url) }
        return try Server(scheme: useHTTPS ? .https : .http, host: host, port: port, basePath: basePath)
    }

    /// Whether a password may go to `server` although it is not encrypted on the way.
    func allowsPlainHTTP(to server: Server) -> Bool {
        allowPlainHTTP.contains { (try? Server(scheme: .http, host: $0))?.host == server.host }
    }

    fileprivate var withoutAddress: ServerSettings {
        let usual = ServerSettings()
        var rest = self
        rest.url = nil
        (rest.host, rest.port, rest.useHTTPS, rest.basePath) = (usual.host, usual.port, usual.useHTTPS, usual.basePath)
        rest.allowPlainHTTP = []
        return rest
    }
}

extension Settings {
    fileprivate var withoutAddresses: Settings {
        var rest = self
        rest.qbittorrent = qbittorrent.withoutAddress
        rest.servers = servers.map { NamedServer(name: $0.name, settings: $0.settings.withoutAddress) }
        return rest
    }

    fileprivate var allServers: [(name: String?, settings: ServerSettings)] {
        [(nil, qbittorrent)] + servers.map { ($0.name, $0.settings) }
    }
}
