import CSodium

/// Bytes that live in locked, guarded memory and are wiped when their owner goes.
///
/// A secret is born in that memory, is lent out as a `Span`, and cannot be copied, printed, encoded or collected:
/// the type is noncopyable and conforms to nothing. A guarded allocation costs about 8 KiB of the process's lock
/// limit, so what belongs together is one secret with an index of ranges, not many small ones.
@safe
package struct Secret: ~Copyable, @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    /// The number of bytes.
    package let count: Int

    /// Makes room for `capacity` bytes and lets `fill` write into it; what `fill` leaves unwritten is cut off.
    /// The pages are read-only from then on.
    package init<E: Error>(capacity: Int, _ fill: (inout OutputRawSpan) throws(E) -> Void) throws(E) {
        Sodium.ready
        guard let start = unsafe sodium_malloc(max(capacity, 1)) else { fatalError("no memory left for a secret") }
        unsafe base = start
        let room = unsafe UnsafeMutableRawBufferPointer(start: start, count: capacity)
        var out = unsafe OutputRawSpan(buffer: room, initializedCount: 0)
        do { try fill(&out) } catch {
            unsafe sodium_free(start)
            throw error
        }
        count = unsafe out.finalize(for: room)
        unsafe sodium_mprotect_readonly(start)
    }

    /// `count` bytes that a C function writes, all of them.
    package init<E: Error>(
        count: Int, writing body: (UnsafeMutablePointer<UInt8>) throws(E) -> Void
    ) throws(E) {
        try self.init(capacity: count) { out throws(E) in
            try unsafe out.withUnsafeMutableBytes { room, used throws(E) in
                guard let start = room.baseAddress else { return }
                try unsafe body(start.assumingMemoryBound(to: UInt8.self))
                used = count
            }
        }
    }

    /// Lends the bytes out for the duration of `body`.
    package borrowing func withBytes<R: ~Copyable, E: Error>(
        _ body: (borrowing Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try body(unsafe Span(_unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: count))
    }

    /// Lends the bytes out to C. Nothing may be written to them: the page kills whoever tries.
    package borrowing func withUnsafeBytes<R: ~Copyable, E: Error>(
        _ body: (UnsafePointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
    }

    deinit { unsafe sodium_free(base) }
}
