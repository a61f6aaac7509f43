import ArgumentParser
import QBittorrentClient

/// Which server's certificate is meant.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Another server than the configured one, such as https://nas:8443.", valueName: "url"))
    var url: String?

    func server(in context: Context) throws -> Server {
        let server = try url.map { try Server(typed: $0) } ?? context.server()
        guard server.scheme == .https else {
            throw Problem(
                .usage, "A server that is spoken to in plain http has no certificate.", at: server.origin,
                next: "name the https server with --url, or set use_https")
        }
        return server
    }
}
