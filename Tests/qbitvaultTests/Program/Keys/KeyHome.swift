import Secrets
import SystemPackage
import TestSupport

@testable import CredentialStores

/// A vault that a key file and a passphrase open, neither of which lies where it is looked for.
struct KeyHome: Sendable {
    let scene: Scene
    /// Which of the two ways in the vault has.
    enum Ways: Sendable { case both, key, passphrase }

    /// Runs `body` with a vault that has one entry.
    static func with(_ ways: Ways = .both, _ body: (KeyHome) async throws -> Void) async throws {
        try await TestHome.with { home in
            let keys = KeyHome(scene: Scene(home))
            try keys.make(ways)
            try await body(keys)
        }
    }

    var state: FilePath { scene.home.state.appending("qbitvault") }

    /// The right key, and the right passphrase with the newline that an editor leaves.
    var key: FilePath { scene.home.path.appending("right.key") }
    var passphrase: FilePath { scene.home.path.appending("right.passphrase") }

    private func make(_ ways: Ways) throws {
        let text = scene.newSecret()
        try scene.write(Array((text.text ?? "").utf8) + [UInt8(ascii: "\n")], to: passphrase)
        try KeyFile.make(key)
        let (key, copy) = (key, Array((text.text ?? "").utf8))
        let store = VaultStore(scene.vault, state: state) { (_) throws(StoreError) in
            ways == .passphrase ? VaultKey(.passphrase, Secret(copying: copy)) : try KeyFile.read(key)
        }
        // As cheap as may be, because it is opened hundreds of times.
        try store.make(with: ways == .passphrase ? .passphrase(.least) : .keyFile)
        if ways == .both {
            try Self.add("passphrase", .passphrase(.least), VaultKey(.passphrase, Secret(copying: copy)), to: store)
        }
        try store.write(
            scene.newSecret(), for: CredentialKey(server: "default", name: .password),
            boundTo: "http://localhost:8080")
    }

    /// Adds a slot for this host's own key, which is made.
    func addHost() throws {
        let (key, path) = (key, HostKey.path(in: state))
        try KeyFile.make(path)
        let store = VaultStore(scene.vault, state: state) { (_) throws(StoreError) in try KeyFile.read(key) }
        try Self.add("host", .host, KeyFile.read(path), to: store)
    }

    private static func add(
        _ name: String, _ kind: Slot.Kind, _ key: consuming VaultKey, to store: VaultStore
    ) throws {
        _ = try store.rekey(replacesIdentity: false) { (vault, now) throws(StoreError) in
            do throws(VaultKeyFault) {
                let slot = try Slot.make(
                    name: name, kind: kind, key: key, dataKey: vault.dataKey,
                    vaultID: vault.file.header.vaultID, now: now)
                return vault.file.header.slots + [slot]
            } catch { throw StoreError(error.code, at: store.place) }
        }
    }

    /// Opens the vault and says how that ended.
    func open(_ given: GivenKey, _ words: [String] = ["credential", "list"]) async throws -> ToolRun {
        if !given.settings.isEmpty {
            try scene.configure("credentials: {\(given.settings.joined(separator: ", "))}\n")
        }
        return try await scene.run(words + given.words, environment: given.environment, by: given.starter)
    }
}

/// How a run gets a key: options, variables, and what starts it.
struct GivenKey: Sendable {
    var words: [String] = []
    var environment: [String: String] = [:]
    /// Of `credentials:` in the configuration.
    var settings: [String] = []
    /// Shell commands that come before the program; those of several are joined.
    var shell: [String] = []

    var starter: [String] {
        guard !shell.isEmpty else { return [] }
        let script = (shell + [#"exec "$@""#]).joined(separator: "\n")
        return ["unshare", "--map-root-user", "--mount", "sh", "-ec", script, "sh"]
    }

    static func + (a: GivenKey, b: GivenKey) -> GivenKey {
        GivenKey(
            words: a.words + b.words, environment: a.environment.merging(b.environment) { $1 },
            settings: a.settings + b.settings, shell: a.shell + b.shell)
    }
}
