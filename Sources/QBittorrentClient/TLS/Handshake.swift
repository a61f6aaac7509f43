import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// How a server answers to TLS, by a connection of its own that ends with the handshake: nothing of ours is sent.
struct Handshake {
    let server: Server
    /// For the connection, and once more for the handshake.
    let limit: Duration
    /// What the connection goes through; nil where it goes to the server itself.
    let proxy: HTTPProxy?

    init(_ server: Server, _ settings: HTTPTransport.Settings, atMost limit: Duration = .seconds(86_400)) {
        self.server = server
        self.limit = min(settings.connectTimeout, limit)
        proxy = server.isLoopback ? nil : settings.proxy
    }

    /// The certificates that the server presents, its own first, whatever they are worth.
    func certificates() async throws(TransportError) -> [ServerCertificate] {
        let kept = Kept()
        if let proxy {
            var configuration = TLSConfiguration.forClient
            configuration.certificateVerification = .none
            try await greet(configuration, through: proxy) { own in kept.chain.withLock { $0 = [own] } }
        } else {
            do throws(TransportError) { try await greet(.forClient, kept) } catch {
                // The refusal that ends each such look.
                if kept.chain.withLock(\.isEmpty) { throw error }
            }
        }
        return kept.chain.withLock { $0.compactMap { try? ServerCertificate(der: $0.toDERBytes()) } }
    }

    /// Throws what a real connection would fail with.
    func verify(_ configuration: TLSConfiguration) async throws(TransportError) {
        if let proxy { try await greet(configuration, through: proxy) } else { try await greet(configuration, nil) }
    }

    private func greet(_ configuration: TLSConfiguration, _ kept: Kept?) async throws(TransportError) {
        let (loop, host) = (HTTPTransport.loop.next(), server.host)
        let ended = loop.makePromise(of: Void.self)
        do {
            let context = try NIOSSLContext(configuration: configuration)
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(limit))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let tls = try NIOSSLClientHandler(
                            context: context, serverHostname: Host.isAddress(host) ? nil : host,
                            customVerificationCallback: kept?.callback, configuration: .init())
                        try channel.pipeline.syncOperations.addHandlers([tls, EndOfHandshake(ended)])
                    }
                }
                .connect(host: host, port: server.port).get()
            let silence = loop.scheduleTask(in: TimeAmount(limit)) { ended.fail(TransportError.tls(.silent)) }
            defer {
                silence.cancel()
                channel.close(promise: nil)
            }
            try await ended.futureResult.get()
        } catch {
            ended.fail(error)
            throw TransportError(error, limit: 0)
        }
    }

    private final class Kept: Sendable {
        let chain = Mutex<[NIOSSLCertificate]>([])

        var callback: NIOSSLCustomVerificationCallback {
            { [self] presented, verdict in
                chain.withLock { $0 = presented }
                verdict.succeed(.failed)
            }
        }
    }
}

/// Tells when a handshake has succeeded or failed.
private final class EndOfHandshake: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let ended: EventLoopPromise<Void>

    init(_ ended: EventLoopPromise<Void>) { self.ended = ended }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { ended.succeed() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { ended.fail(ChannelError.eof) }
}

extension TLSConfiguration {
    /// What holds for every connection of ours.
    static var forClient: TLSConfiguration {
        var configuration = makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
