import Synchronization

/// The sources that a vault's key may come from, strongest first.
///
/// The first one that has a key for the vault, or should have one and fails, ends the search: a weaker one is never used
/// in its stead.
package final class KeySearch: Sendable {
    package let sources: [KeySource]
    /// The vault, for whoever is told that there is no key.
    private let vault: Place
    /// What a descriptor gave, because it can be read once.
    private let given = Mutex(Given())
    private let used = Mutex<KeySource?>(nil)

    /// The source that the last key came from; nil where none has given one.
    package var sourceInUse: KeySource? { used.withLock { $0 } }

    private struct Given: ~Copyable {
        var key: VaultKey?
        /// A descriptor is gone when it was read once: its number may be another file's by now.
        var failure: StoreError?
    }

    package init(_ sources: [KeySource], of vault: Place) {
        self.sources = sources
        self.vault = vault
    }

    /// The key to a vault with these slots.
    ///
    /// - Throws: what the source that decides has failed with; `.noKey` where there is none.
    package func key(to slots: [Slot]) throws(StoreError) -> VaultKey {
        for source in sources {
            switch try ask(source, slots) {
            case .key(let key):
                used.withLock { $0 = source }
                return try key.understood(for: slots)
            case .passed: continue
            }
        }
        throw StoreError(.noKey, at: vault)
    }

    /// The same where it costs nobody anything: no question, no program, no passphrase to derive a key from.
    package func quietKey(to slots: [Slot]) throws(StoreError) -> VaultKey? {
        for source in sources {
            guard source.isQuiet else { return nil }
            switch try ask(source, slots) {
            case .key(let key):
                if case .passphrase = key.kind { return nil }
                return key
            case .passed: continue
            }
        }
        return nil
    }

    /// The source that would be asked first, as far as can be seen without asking it.
    package func first(for slots: [Slot]) -> KeySource? { sources.first { $0.glance(slots) == nil } }

    /// What each source says to a vault with these slots, in their order. Nobody is asked anything.
    package func findings(for slots: [Slot]) -> [KeyFinding] {
        var isOver = false
        return sources.map { source in
            let verdict = isOver ? source.glance(slots) ?? .notReached : verdict(of: source, slots)
            isOver = isOver || verdict.isTheEnd
            return KeyFinding(source: source, verdict: verdict)
        }
    }

    private func verdict(of source: KeySource, _ slots: [Slot]) -> KeyFinding.Verdict {
        if source.isAPerson { return source.glance(slots) ?? .asks }
        do throws(StoreError) {
            switch try ask(source, slots) {
            case .passed(let verdict): return verdict
            case .key(let key): return .opens(try key.understood(for: slots).slot(among: slots, of: vault).name)
            }
        } catch { return .fails(error) }
    }

    private func ask(_ source: KeySource, _ slots: [Slot]) throws(StoreError) -> KeySource.Answer {
        guard case .descriptor = source.means else { return try source.ask(slots) }
        return try given.withLock { given throws(StoreError) in
            if let failure = given.failure { throw failure }
            switch given.key {
            case .some(let key): return .key(key.copy())
            case nil: break
            }
            do throws(StoreError) {
                switch try source.ask(slots) {
                case .passed(let verdict): return .passed(verdict)
                case .key(let key):
                    let answer = key.copy()
                    given.key = consume key
                    return .key(answer)
                }
            } catch {
                given.failure = error
                throw error
            }
        }
    }
}

extension KeySource {
    fileprivate var isQuiet: Bool {
        switch means {
        case .command, .person, .descriptor(_, .passphrase), .file(_, .passphrase, _): false
        default: true
        }
    }
}
