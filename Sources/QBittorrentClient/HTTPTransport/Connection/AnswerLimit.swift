import NIOCore
import NIOHTTP1

/// Ends a connection on which bytes arrive and no part of an answer comes of them.
///
/// The decoder bounds headers and gives a body on as it comes. A first line, or the head of a chunk, it would collect
/// without end.
enum AnswerLimit {
    /// In bytes. A head of qBittorrent, and of the proxies that people put in front, has a hundredth of it.
    private static let limit = 256 << 10

    /// Puts a guard on either side of the decoder.
    static func install(in pipeline: ChannelPipeline.SynchronousOperations) throws {
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        let count = Count()
        try pipeline.addHandler(Arrivals(count), position: .before(decoder))
        try pipeline.addHandler(Parts(count), position: .after(decoder))
    }

    /// How many bytes have arrived since the last part. Of one event loop.
    private final class Count { var bytes = 0 }

    private final class Arrivals: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let count: Count

        init(_ count: Count) { self.count = count }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            count.bytes += unwrapInboundIn(data).readableBytes
            if count.bytes <= AnswerLimit.limit { return context.fireChannelRead(data) }
            context.fireErrorCaught(HTTPParserError.headerOverflow)
            context.close(promise: nil)
        }
    }

    private final class Parts: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let count: Count

        init(_ count: Count) { self.count = count }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            count.bytes = 0
            context.fireChannelRead(data)
        }
    }
}
