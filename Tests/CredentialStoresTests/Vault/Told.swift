import Synchronization

/// The fingerprints that a host was told of at first use.
final class Told: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func add(_ fingerprint: String) { list.withLock { $0.append(fingerprint) } }
}
