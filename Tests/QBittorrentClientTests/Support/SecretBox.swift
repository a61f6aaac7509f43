import Secrets
import Synchronization

/// A secret that a test changes while others read it, as a store would.
final class SecretBox: Sendable {
    private let content: Mutex<Secret>

    init(_ secret: consuming Secret) { content = Mutex(secret) }

    func copy() -> Secret { content.withLock { $0.copy() } }

    func set(_ secret: consuming Secret) {
        var other: Secret? = consume secret
        content.withLock { content in
            if let new = other.take() { content = new }
        }
    }
}
