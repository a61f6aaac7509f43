import CredentialStores
import Synchronization

/// A store that is asked for several servers at once.
///
/// It is asked one question at a time, so that nobody at a terminal faces two of them, and when it has failed as a whole
/// it is not asked again: a passphrase is typed once, and a keyring that is silent is waited for once.
final class SharedSource: CredentialSource {
    let place: Place
    private let source: any CredentialSource
    private let failure = Mutex<StoreError?>(nil)

    init(_ source: any CredentialSource) {
        self.source = source
        place = source.place
    }

    func refresh() throws(StoreError) {
        try failure.withLock { failure throws(StoreError) in
            if failure == nil { try source.refresh() }
        }
    }

    func read(_ key: CredentialKey) throws(StoreError) -> StoredCredential? {
        try failure.withLock { failure throws(StoreError) in
            if let failure { throw failure }
            do throws(StoreError) { return try source.read(key) } catch {
                if error.isOfTheWholeStore { failure = error }
                throw error
            }
        }
    }
}

extension StoreError {
    /// Whether every other entry would fail for the same reason.
    fileprivate var isOfTheWholeStore: Bool {
        switch code {
        case .cannotOpen, .noKey, .notEnoughMemory, .interrupted: true
        case .noBus, .noService, .noCollection, .timedOut, .locked, .wouldAsk, .dismissed, .unanswered: true
        case .failed(.notStarted): true
        // A program that was to print the passphrase is not run again either.
        default: place.kind == .key || place.kind == .keyCommand || key != nil
        }
    }
}
