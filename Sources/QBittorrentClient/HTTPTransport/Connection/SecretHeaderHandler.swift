import Glibc
import NIOCore
import Secrets

/// Puts the values of secret headers in the place of their placeholders, in the bytes of a request's head.
///
/// They go into a buffer that is exactly large enough, because one that grows leaves a copy behind, and that is wiped
/// when it has been written: no copy remains, on HTTP or HTTPS (measured).
final class SecretHeaderHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let setup: ConnectionSetup
    private let head: RequestHeads.Passage

    init(_ setup: ConnectionSetup, _ head: RequestHeads.Passage) {
        self.setup = setup
        self.head = head
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard head.isUnderWay else { return context.write(data, promise: promise) }
        let placeholders = unwrapOutboundIn(data)
        let occurrences = setup.occurrences(in: placeholders.readableBytesView)
        if occurrences.isEmpty { return context.write(data, promise: promise) }
        let buffer = Self.splice(placeholders.readableBytesView, occurrences)
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.whenComplete { _ in buffer.wipe() }
        context.write(wrapOutboundOut(buffer), promise: written)
    }

    private static func splice(
        _ bytes: ByteBufferView, _ occurrences: [(range: Range<Int>, header: SecretHeader)]
    ) -> ByteBuffer {
        let count = occurrences.reduce(bytes.count) { $0 - $1.range.count + $1.header.value.count }
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            var out = unsafe OutputRawSpan(buffer: room, initializedCount: 0)
            var next = bytes.startIndex
            for (range, header) in occurrences {
                for byte in bytes[next..<range.lowerBound] { out.append(byte) }
                header.value.withBytes { value in
                    for index in value.indices { out.append(value[index]) }
                }
                next = range.upperBound
            }
            for byte in bytes[next...] { out.append(byte) }
            return unsafe out.finalize(for: room)
        }
        return buffer
    }
}

extension ByteBuffer {
    /// Overwrites all of the storage, which other buffers and the layers below share.
    func wipe() {
        // Not the mutating accessor: that one would make a copy first and wipe the copy.
        unsafe withVeryUnsafeBytes { storage in
            guard let start = storage.baseAddress else { return }
            unsafe explicit_bzero(UnsafeMutableRawPointer(mutating: start), storage.count)
        }
    }
}
