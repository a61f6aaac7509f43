import Glibc
import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A listener on loopback that speaks TLS, gives each caller one answer, and remembers what it got.
package struct TLSListener: Sendable {
    package let port: Int
    private let memory: Memory

    package var url: String { "https://127.0.0.1:\(port)" }
    /// What callers have said, decrypted.
    package var heard: [UInt8] { memory.decrypted.withLock(\.self) }
    /// Every byte as it came over the wire.
    package var received: [UInt8] { memory.raw.withLock(\.self) }

    /// The anonymous answer of a qBittorrent that wants a login.
    package static let wantsLogin =
        "HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\nForbidden"

    /// An answer that no password follows.
    package static let nothingHere = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"

    /// Runs one for the duration of `body`.
    ///
    /// - Parameter port: nil for a free one, which nobody else takes between two listeners.
    package static func with<R>(
        _ configuration: TLSConfiguration, answering answer: String = nothingHere, at port: Int? = nil,
        _ body: (TLSListener) async throws -> R
    ) async throws -> R {
        let context = try NIOSSLContext(configuration: configuration)
        let memory = Memory()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        RawEar(memory), NIOSSLServerHandler(context: context), Ear(memory, answer))
                }
            }
        let channel = try await listen(bootstrap, at: port ?? Int(FreePort.next()))
        let listener = TLSListener(port: channel.localAddress?.port ?? 0, memory: memory)
        do {
            let result = try await body(listener)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    /// Where one listened just now, a program that another test is starting may have its socket for a moment.
    private static func listen(_ bootstrap: ServerBootstrap, at port: Int) async throws -> any Channel {
        for _ in 0..<100 {
            do { return try await bootstrap.bind(host: "127.0.0.1", port: port).get() } catch let error as IOError
                where error.errnoCode == EADDRINUSE
            { try await Task.sleep(for: .milliseconds(50)) }
        }
        return try await bootstrap.bind(host: "127.0.0.1", port: port).get()
    }

    fileprivate final class Memory: Sendable {
        let raw = Mutex<[UInt8]>([])
        let decrypted = Mutex<[UInt8]>([])
    }
}

/// Notes what comes over the wire, and passes it on.
private final class RawEar: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let memory: TLSListener.Memory

    init(_ memory: TLSListener.Memory) { self.memory = memory }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        memory.raw.withLock { $0 += unwrapInboundIn(data).readableBytesView }
        context.fireChannelRead(data)
    }
}

/// Notes what was decrypted, and answers it.
private final class Ear: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let memory: TLSListener.Memory
    private let answer: String

    init(_ memory: TLSListener.Memory, _ answer: String) {
        self.memory = memory
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        memory.decrypted.withLock { $0 += unwrapInboundIn(data).readableBytesView }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
