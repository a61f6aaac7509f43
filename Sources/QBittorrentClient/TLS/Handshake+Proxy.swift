import AsyncHTTPClient
import NIOCore
import NIOSSL

extension Handshake {
    /// The same through a proxy, which only the HTTP client knows how to ask for a connection. Ends before the request.
    ///
    /// - Parameter see: gets the server's own certificate; those above it do not show here.
    func greet(
        _ configuration: TLSConfiguration, through proxy: HTTPProxy,
        see: @escaping @Sendable (NIOSSLCertificate) -> Void = { _ in }
    ) async throws(TransportError) {
        var http = HTTPClient.Configuration(
            tlsConfiguration: configuration, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(limit), read: TimeAmount(limit)), proxy: proxy.configuration)
        http.connectionPool.retryConnectionEstablishment = false
        http.httpVersion = .http1Only
        http.http1_1ConnectionDebugInitializer = { channel in
            let seen = channel.eventLoop.makeCompletedFuture {
                let tls = try channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
                if let certificate = tls.peerCertificate { see(certificate) }
                channel.close(promise: nil)
                throw Seen()
            }
            return seen
        }
        let client = HTTPClient(eventLoopGroupProvider: .shared(HTTPTransport.loop), configuration: http)
        let error: (any Error)?
        do {
            _ = try await client.execute(HTTPClientRequest(url: server.site), deadline: .now() + TimeAmount(limit * 2))
            error = nil
        } catch let problem { error = problem }
        try? await client.shutdown()
        guard let error, !(error is Seen) else { return }
        throw TransportError(error, limit: 0).through(proxy, error)
    }

    /// It was a look, and nothing else.
    private struct Seen: Error {}
}
