import CredentialStores
import Synchronization

/// The stores of a run, made when they are first needed, and the same for all servers.
final class KnownStores: Sendable {
    private let store = Mutex<VaultStore?>(nil)
    private let search = Mutex<KeySearch?>(nil)
    private let source = Mutex<SharedSource?>(nil)
    private let program = Mutex<CommandStore?>(nil)

    /// Lets go of all of them, and of what they have read.
    func forget() {
        store.withLock { $0 = nil }
        search.withLock { $0 = nil }
        source.withLock { $0 = nil }
        program.withLock { $0 = nil }
        #if Keyring
        keyring.withLock { $0 = nil }
        #endif
    }

    func vault(_ make: () throws -> VaultStore) rethrows -> VaultStore {
        try store.withLock { store in
            if let store { return store }
            let made = try make()
            store = made
            return made
        }
    }

    #if Keyring
    private let keyring = Mutex<KeyringStore?>(nil)

    func keyring(_ make: () -> KeyringStore) -> KeyringStore {
        keyring.withLock { keyring in
            if let keyring { return keyring }
            let made = make()
            keyring = made
            return made
        }
    }
    #endif

    func keys(_ make: () throws -> KeySearch) rethrows -> KeySearch {
        try search.withLock { search in
            if let search { return search }
            let made = try make()
            search = made
            return made
        }
    }

    func command(_ make: () -> CommandStore) -> CommandStore {
        program.withLock { program in
            if let program { return program }
            let made = make()
            program = made
            return made
        }
    }

    func shared(_ make: () throws -> any CredentialSource) rethrows -> SharedSource {
        try source.withLock { source in
            if let source { return source }
            let made = SharedSource(try make())
            source = made
            return made
        }
    }
}
