#if Keyring
import CKeyring
import Glibc
import Secrets

/// One call into the keyring, or several that belong together.
struct KeyringCall {
    let budget: KeyringBudget
    /// Nil: nobody is there, and no dialog is shown.
    let person: KeyringPerson?

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
        var milliseconds = Int64(budget.left / .milliseconds(1))
        var outcome = KEYRING_FAILED
        let person = budget.mayAsk ? person : nil
        let message = unsafe String(unsafeUninitializedCapacity: 256) { room in
            let start = unsafe UnsafeMutableRawPointer(room.baseAddress)?.assumingMemoryBound(to: CChar.self)
            unsafe start?.initialize(repeating: 0, count: room.count)
            unsafe outcome = withUnsafeMutablePointer(to: &milliseconds) { milliseconds in
                unsafe withCalls(to: person) { person in
                    unsafe body(
                        keyring_call(
                            milliseconds: milliseconds, person: person, message: start, message_room: room.count))
                }
            }
            return unsafe room.firstIndex(of: 0) ?? 0
        }
        budget.left = .milliseconds(milliseconds)
        switch outcome {
        case KEYRING_DONE: return true
        case KEYRING_ABSENT: return false
        default: break
        }
        let code = StoreError.Code(outcome, message)
        // Who has closed one dialog, or let it stand, is not shown the next.
        if code == .dismissed || code == .unanswered { budget.mayAsk = false }
        throw StoreError(code, at: Place(.keyring))
    }
}

extension StoreError.Code {
    fileprivate init(_ outcome: keyring_outcome, _ message: String) {
        switch outcome {
        case KEYRING_LOCKED: self = .locked
        case KEYRING_WOULD_ASK: self = .wouldAsk
        case KEYRING_DISMISSED: self = .dismissed
        case KEYRING_NO_BUS: self = .noBus(path: message.isEmpty ? nil : message)
        case KEYRING_NO_SERVICE: self = .noService
        case KEYRING_NO_COLLECTION: self = .noCollection
        case KEYRING_TIMED_OUT: self = .timedOut
        case KEYRING_UNANSWERED: self = .unanswered
        case KEYRING_INTERRUPTED: self = .interrupted(signal: SIGINT)
        default: self = .failed(.other(message))
        }
    }
}
#endif
