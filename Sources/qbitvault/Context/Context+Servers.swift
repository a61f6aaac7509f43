import Logging
import SystemPackage

extension Context {
    /// Every server that there is a name for, in the order of the configuration.
    var serverNames: [String] { [ServerName.usual] + settings.servers.map(\.name) }

    /// The servers that `--all-servers` means: the default one only where somebody has said where it is, or no other is
    /// known.
    var allServerNames: [String] {
        loaded.namesDefaultServer || settings.servers.isEmpty ? serverNames : settings.servers.map(\.name)
    }

    /// Whether the server that it is about stands in the configuration.
    var isKnownServer: Bool { serverNames.contains(serverName) }

    /// The same, about one server.
    ///
    /// - Throws: `Problem` with 78 where the configuration does not know it, unless `scope` takes new ones.
    func about(_ name: String, _ scope: ServerScope) throws -> Context {
        var context = self
        context.serverName = name
        if name != ServerName.usual {
            let entry = settings.servers.first { $0.name == name }
            if entry == nil { try refuse(unknown: name, scope) }
            context.settings.qbittorrent = entry?.settings ?? loaded.template
        }
        if !context.settings.qbittorrent.verifyTLS {
            context.world.output.note("verify_tls is off: anybody can pose as the server")
        }
        return context
    }

    /// The same, about one of several that are worked on at once.
    func aboutOneOfSeveral(_ name: String) throws -> Context {
        var context = self
        context.isOneOfSeveral = true
        context.world.output.label = name
        context.world.log[metadataKey: "server"] = "\(name)"
        return try context.about(name, .several)
    }

    private func refuse(unknown name: String, _ scope: ServerScope) throws {
        let place = file?.path.string ?? "the configuration"
        guard scope == .oneOrNew else {
            let known = serverNames.joined(separator: ", ")
            let nearest = NearestKey.to(name, among: serverNames).map { "did you mean \($0)? " } ?? ""
            throw Problem(
                .configuration, "The configuration knows no server called \(name), only \(known).", at: place,
                next: "\(nearest)add it under servers: there, or set it up with `qbitvault setup --server \(name)`")
        }
        guard ServerName.isSound(name), !ServerName.isReserved(name) else {
            throw Problem(.usage, "No server can be called \(name).", at: "--server", next: "use \(ServerName.rule)")
        }
        for other in settings.servers.map(\.name) {
            guard let variable = ServerName.variable(sharedBy: other, and: name) else { continue }
            throw Problem(
                .usage, "The variable \(variable) would speak of \(name) and of \(other), which is known already.",
                at: "--server", next: "call the new one otherwise")
        }
    }
}
