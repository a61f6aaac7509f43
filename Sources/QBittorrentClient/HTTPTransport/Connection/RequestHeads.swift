import NIOCore
import NIOHTTP1

/// Tells the bytes of a request's head from those of its body, which may be large and hold no placeholder.
///
/// Stands before the encoder, which makes bytes of a head and passes them on while it is given one.
final class RequestHeads: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Whether a head is on its way through the encoder. Of one event loop.
    final class Passage { var isUnderWay = false }

    private let head: Passage

    init(_ head: Passage) { self.head = head }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head = unwrapOutboundIn(data) { head.isUnderWay = true }
        defer { head.isUnderWay = false }
        context.write(data, promise: promise)
    }
}
