import CredentialStores
import Secrets
import SystemPackage
import TestSupport

/// A folder of its own for one test, and vaults in it.
struct Scratch: ~Copyable {
    let folder: FilePath

    private let isOwner: Bool

    init() throws {
        folder = try Files.makeScratchFolder()
        isOwner = true
    }

    /// The same folder, in another process.
    init(borrowed folder: String) {
        self.folder = FilePath(folder)
        isOwner = false
    }

    var vault: FilePath { folder.appending("vault.qbv") }
    var state: FilePath { folder.appending("state") }
    var key: FilePath { folder.appending("vault.key") }

    /// The vault as one host with a state folder sees it, opened by the key file.
    func store(
        state: FilePath? = nil, patience: Duration = .seconds(10),
        onFirstUse: @escaping @Sendable (String) -> Void = { _ in }
    ) -> VaultStore {
        VaultStore(vault, state: state ?? self.state, keys: keys, patience: patience, firstUse: onFirstUse)
    }

    /// The key file, read whenever the vault asks for it.
    var keys: VaultKeyProvider {
        let key = key
        return { (_) throws(StoreError) in try KeyFile.read(key) }
    }

    /// A vault with one key-file slot.
    func make() throws -> VaultStore {
        try KeyFile.make(key)
        let store = store()
        try store.make(with: .keyFile)
        return store
    }

    deinit { if isOwner { try? Files.removeTree(folder) } }
}

extension CredentialKey {
    static let password = CredentialKey(server: "default", name: .password)
    static let username = CredentialKey(server: "default", name: .username)
}

/// Whether `store` holds exactly `value` under `key`.
func holds(_ value: borrowing Secret, _ key: CredentialKey, in store: some CredentialSource) throws -> Bool {
    switch try store.read(key) {
    case let stored?: stored.value == value
    case nil: false
    }
}
