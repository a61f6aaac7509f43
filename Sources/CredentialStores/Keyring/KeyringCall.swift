#if Keyring
import CKeyring
import Secrets

/// Calls into the keyring that share one deadline.
struct KeyringCall {
    private let end: ContinuousClock.Instant

    init(within patience: Duration) { end = .now + patience }

    func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        var found = FoundValue()
        let isThere = try unsafe withUnsafeMutablePointer(to: &found) { found throws(StoreError) in
            try unsafe call(key) { unsafe keyring_read($0, $1, takeValue, found) }
        }
        guard isThere, let value = found.value.take() else { return nil }
        return StoredCredential(value: value, origins: found.origins)
    }

    func write(_ value: borrowing Secret, for key: CredentialKey, origins: [String]) throws(StoreError) {
        let label = "qbitvault: \(key.name) for \(key.server)"
        let url = origins.joined(separator: "\n")
        let count = value.count
        try unsafe value.withUnsafeBytes { bytes throws(StoreError) in
            _ = try unsafe call(key) { unsafe keyring_write($0, url, label, bytes, count, $1) }
        }
    }

    func delete(_ key: CredentialKey) throws(StoreError) -> Bool {
        try unsafe call(key) { unsafe keyring_delete($0, $1) }
    }

    func list() throws(StoreError) -> [CredentialRecord] {
        var found = FoundRecords()
        _ = try unsafe withUnsafeMutablePointer(to: &found) { found throws(StoreError) in
            try unsafe call { unsafe keyring_list($0, takeRecord, found) }
        }
        return found.sorted
    }

    private func call(
        _ key: CredentialKey,
        _ body: (keyring_key, keyring_call) -> keyring_outcome
    ) throws(StoreError) -> Bool {
        try unsafe call { limits in
            unsafe key.server.withCString { server in
                unsafe key.name.description.withCString { name in
                    unsafe body(keyring_key(server: server, name: name), limits)
                }
            }
        }
    }

    /// Whether there was what the call was about. Throws on every outcome but done and absent.
    private func call(_ body: (keyring_call) -> keyring_outcome) throws(StoreError) -> Bool {
        let left = max(end - .now, .zero)
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        var outcome = KEYRING_FAILED
        let message = unsafe String(unsafeUninitializedCapacity: 256) { room in
            let start = unsafe UnsafeMutableRawPointer(room.baseAddress)?.assumingMemoryBound(to: CChar.self)
            unsafe start?.initialize(repeating: 0, count: room.count)
            unsafe outcome = body(
                keyring_call(milliseconds: milliseconds, message: start, message_room: room.count)
            )
            return unsafe room.firstIndex(of: 0) ?? 0
        }
        switch outcome {
        case KEYRING_DONE: return true
        case KEYRING_ABSENT: return false
        case KEYRING_LOCKED: throw StoreError(.locked, at: Place(.keyring))
        case KEYRING_NO_SERVICE: throw StoreError(.noService, at: Place(.keyring))
        case KEYRING_TIMED_OUT: throw StoreError(.timedOut, at: Place(.keyring))
        default: throw StoreError(.failed(.other(message)), at: Place(.keyring))
        }
    }
}
#endif
