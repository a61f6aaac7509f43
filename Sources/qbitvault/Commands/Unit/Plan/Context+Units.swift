import QBittorrentClient
import SystemPackage

extension Context {
    /// The servers that a command line connects to.
    func servers(all: Bool) throws -> [Server] {
        guard all else { return [try server()] }
        return try allServerNames.map { try about($0, .several).server() }
    }

    /// The files that the connection to them is proven by.
    func certificateFiles(all: Bool) -> [FilePath] {
        let meant = all ? [settings.qbittorrent] + settings.servers.map(\.settings) : [settings.qbittorrent]
        var files: [FilePath] = []
        for file in meant.flatMap({ [$0.caFile, $0.clientCertificate, $0.clientKey] }).compactMap(\.self) {
            let path = absolute(file)
            if !files.contains(path) { files.append(path) }
        }
        return files
    }

    /// What the environment sets here, to be set there. What names the vault and its key is said in another way, and
    /// what may hold a pass key is not written down.
    func carriedVariables() -> [(name: String, value: String)] {
        let elsewhere: Set = ["credentials.store", "credentials.vault_path", "credentials.key_file"]
        let paths: Set = ["qbittorrent.client_certificate", "qbittorrent.client_key", "torrent_creation.output_dir"]
        var carried: [(name: String, value: String)] = []
        for key in SettingKey.all where !elsewhere.contains(key.path) {
            guard let value = world.environment(key.variable), !value.isEmpty else { continue }
            // An address that is sound has no password in it.
            if key.traits.contains(.secretive), key.path != "qbittorrent.url" {
                world.output.note("\(key.variable) is set here and will not be there: put it into the configuration")
                continue
            }
            carried.append((key.variable, paths.contains(key.path) ? absolute(FilePath(value)).string : value))
        }
        for name in ["https_proxy", "http_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        where world.environment(name)?.isEmpty == false {
            world.output.note("\(name) is set here and will not be there, as its address may hold a password")
        }
        return carried.sorted { $0.name < $1.name }
    }
}
