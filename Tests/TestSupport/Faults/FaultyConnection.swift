import Glibc
import NIOCore
import NIOPosix

/// One connection of a `FaultyServer`.
final class FaultyConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let server: FaultyServer.Box
    private var unread = ByteBuffer()
    private var isMute = false

    init(_ server: FaultyServer.Box) { self.server = server }

    func channelActive(context: ChannelHandlerContext) {
        guard let steps = server.content?.stepsOnAccept() else { return }
        isMute = true
        Self.perform(steps[...], on: context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unread.writeImmutableBuffer(unwrapInboundIn(data))
        while !isMute, let request = HeardRequest(takingFrom: &unread), let server = server.content {
            let (steps, after) = server.steps(for: request)
            let channel = context.channel
            if let after {
                after.hop(to: channel.eventLoop).whenComplete { _ in Self.perform(steps[...], on: channel) }
            } else {
                Self.perform(steps[...], on: channel)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private static func perform(_ steps: ArraySlice<Fault.Step>, on channel: any Channel) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        switch step {
        case .send(let bytes):
            channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenSuccess { perform(rest, on: channel) }
        case .pause(let duration):
            _ = channel.eventLoop.scheduleTask(in: .milliseconds(duration)) { perform(rest, on: channel) }
        case .drip(let bytes): drip(bytes, on: channel)
        case .flood(let bytes):
            let often = max(1, 16_384 / bytes.count)
            flood(ByteBuffer(bytes: (1...often).flatMap { _ in bytes }), on: channel)
        case .reset:
            let done = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            done?.whenComplete { _ in channel.close(promise: nil) }
        case .close: channel.close(promise: nil)
        }
    }

    private static func drip(_ bytes: [UInt8], on channel: any Channel) {
        guard channel.isActive, let first = bytes.first else { return }
        channel.writeAndFlush(ByteBuffer(bytes: [first]), promise: nil)
        _ = channel.eventLoop.scheduleTask(in: .seconds(1)) {
            drip(bytes.count > 1 ? Array(bytes.dropFirst()) : bytes, on: channel)
        }
    }

    private static func flood(_ bytes: ByteBuffer, on channel: any Channel) {
        channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(1)) { task in
            guard channel.isActive else { return task.cancel() }
            if channel.isWritable { channel.writeAndFlush(bytes, promise: nil) }
        }
    }
}
