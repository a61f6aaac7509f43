import QBittorrentClient
import SecureFiles
import SystemPackage

/// The part of `setup` that records where the server is.
struct SetupConfiguration {
    private let server: Server
    /// Its name, unless it is the default one.
    private let name: String?
    private let path: FilePath?
    /// The configuration that is there already, and says the same.
    private let existing: FilePath?

    /// - Throws: `Problem` when the configuration in use names another server: it may hold comments and settings of
    ///   somebody, so it is not touched.
    init(for server: Server, in context: Context) throws {
        self.server = server
        name = context.serverName == ServerName.usual ? nil : context.serverName
        guard let file = context.file else {
            path = context.world.folders.config?.appending("config.yaml")
            existing = nil
            return
        }
        path = nil
        existing = file.path
        guard context.isKnownServer else {
            throw Problem(
                .configuration, "The configuration does not know \(context.serverName) yet, and is left as it is.",
                at: file.path.string,
                next: "add \(context.serverName): {url: \"\(server.origin)\"} under servers: there, and set up again")
        }
        let known = try context.server()
        guard known != server else { return }
        throw Problem(
            .configuration, "The configuration names \(known.origin), and \(server.origin) is to be set up.",
            at: file.path.string, next: "write url: \"\(server.origin)\" under \(section): there, and set up again")
    }

    /// Where the settings of the server stand.
    private var section: String { name.map { "servers.\($0)" } ?? "qbittorrent" }

    /// What its owner must write into a configuration that is there, so that later runs may do what this one did.
    func advice(allowingPlainHTTP: Bool, _ context: Context) -> String? {
        guard let existing, allowingPlainHTTP, !context.allowsPlainHTTP(to: server) else { return nil }
        return "later runs refuse plain http until \(existing) has \(server.host) under \(section).allow_plain_http"
    }

    /// Writes a new file (0600, never over one that is there), and says which; nil where nothing had to be written.
    func write(allowingPlainHTTP: Bool) throws -> FilePath? {
        guard let path else { return nil }
        let (head, indent) = name.map { ("servers:\n  \"\($0)\":\n", "    ") } ?? ("qbittorrent:\n", "  ")
        var text = "# Made by qbitvault setup.\n\(head)\(indent)url: \"\(server.origin)\"\n"
        if allowingPlainHTTP { text += "\(indent)allow_plain_http: [\"\(server.host)\"]\n" }
        do throws(FileError) {
            try Folder.makePrivate(path.removingLastComponent())
            let file = try StagedFile(for: path, mode: [.ownerReadWrite])
            try file.write(Array(text.utf8).span)
            try file.commit(replacing: false)
        } catch { throw Problem(writing: error) }
        return path
    }
}
