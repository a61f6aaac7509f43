import Secrets
import Synchronization

/// Credentials on their way into a task, which may take them once. A closure that escapes can borrow what cannot be
/// copied and not give it away.
final class Handover: Sendable {
    private let content: Mutex<ServerCredentials?>

    init(_ credentials: consuming ServerCredentials) { content = Mutex(credentials) }

    func take() -> ServerCredentials? { content.withLock { $0.take() } }

    /// For a task that may ask for them again.
    func copy() throws -> ServerCredentials {
        try content.withLock { content in
            switch content {
            case .some(let credentials): return credentials.copy()
            case nil: throw Problem(.unexpected, "The credentials were taken already.")
            }
        }
    }
}
