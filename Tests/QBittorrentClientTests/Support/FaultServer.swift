import NIOCore
import NIOPosix
import NIOSSL

@testable import QBittorrentClient

/// A listener on loopback that does what no real server can be made to do.
struct FaultServer {
    enum Behaviour: Sendable {
        /// Sends this to whoever has asked, and closes.
        case answer(String)
        case close
        case stayMute
        /// Sends a head that promises a body, and a byte of it every 50 ms.
        case drip
        /// Sends a body without end.
        case flood
    }

    /// Runs one for the duration of `body`.
    ///
    /// - Parameters:
    ///   - tls: nil for plain http.
    static func with<R>(
        _ behaviour: Behaviour,
        tls: TLSConfiguration? = nil,
        _ body: (Server) async throws -> R
    ) async throws -> R {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(behaviour))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = try Server(
            scheme: tls == nil ? .http : .https,
            host: "127.0.0.1",
            port: channel.localAddress?.port ?? 0
        )
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    /// A server where nobody listens.
    static func closed() async throws -> Server { try await with(.close) { $0 } }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let behaviour: FaultServer.Behaviour
    private var isAnswering = false

    init(_ behaviour: FaultServer.Behaviour) { self.behaviour = behaviour }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isAnswering { return }
        isAnswering = true
        switch behaviour {
        case .answer(let text):
            send(text, to: context).whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
        case .close: context.close(promise: nil)
        case .stayMute: break
        case .drip:
            _ = send("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n", to: context)
            repeatedly(every: .milliseconds(50), "x", context.channel)
        case .flood:
            _ = send("HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n", to: context)
            repeatedly(every: .milliseconds(1), String(repeating: "x", count: 100_000), context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func send(_ text: String, to context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)))
    }

    private func repeatedly(every pause: TimeAmount, _ text: String, _ channel: any Channel) {
        channel.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { task in
            guard channel.isActive else { return task.cancel() }
            if channel.isWritable { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
        }
    }
}
