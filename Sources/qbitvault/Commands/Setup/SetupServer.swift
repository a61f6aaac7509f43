import QBittorrentClient
import SystemPackage

/// The part of `setup` that finds out which server is meant, and how it may be talked to.
struct SetupServer {
    let url: String?

    func server(in context: Context) throws -> Server {
        if let url { return try Server(typed: url) }
        let known = context.isKnownServer ? try context.server() : nil
        if let known, let file = context.file, file.isTrusted { return known }
        if context.world.prompt.isAllowed {
            return try Server(typed: context.world.prompt.ask("Server", usual: known?.origin))
        }
        guard let known else {
            throw Problem(
                .usage, "It is not known yet where \(context.serverName) is.", at: "--server",
                next: "name its address: --url")
        }
        guard let file = context.file else { return known }
        throw Problem(
            .configuration, "The configuration that names the server was merely found in the working folder.",
            at: file.path.string, next: "if you trust it, name it: --config \(file.path); or name the server: --url")
    }

    /// Whether a person has allowed it just now. False where nobody had to be asked.
    static func askAboutPlainHTTP(_ server: Server, _ context: inout Context) throws -> Bool {
        guard server.scheme == .http, !server.isLoopback, !context.allowsPlainHTTP(to: server) else { return false }
        guard context.world.prompt.isAllowed,
            try context.world.prompt.confirm(
                "The password would travel to \(server.host) over plain http, where others may read it. Go on?",
                usual: false)
        else { throw ServerError(.plainHTTPNotAllowed, at: server) }
        context.settings.qbittorrent.allowPlainHTTP.append(server.host)
        return true
    }
}
