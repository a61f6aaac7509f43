import QBittorrentClient

extension Context {
    /// How `server` is reached with the headers that go with every request, and through the proxy that the environment
    /// names, if any. No configuration can name one.
    func transport(to server: Server, _ headers: ResolvedHeaders) throws -> HTTPTransport.Settings {
        var transport = try transport(to: server)
        transport.headers = headers.always
        transport.proxy = try ProxyVariables.proxy(for: server, environment: world.environment)
        return transport
    }
}
