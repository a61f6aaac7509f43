import Synchronization

/// Bytes that grow, from whichever task.
final class SeenBytes: Sendable {
    private let all = Mutex<[UInt8]>([])

    var bytes: [UInt8] { all.withLock { $0 } }

    func append(_ more: some Sequence<UInt8> & Sendable) { all.withLock { $0.append(contentsOf: more) } }
}
