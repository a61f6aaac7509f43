import CredentialStores
import Glibc
import Secrets
import SystemPackage
import TestSupport

/// A home with a vault in it, and a second host that shares the vault.
final class CrashScene: Sendable {
    let home: TestHome
    /// What a command is to keep.
    let value = Secret.madeUp()
    /// What the vault holds already.
    let password = Secret.madeUp()

    // Short, because the path type spends most of such a run on looking at the letters of paths.
    let vault: FilePath
    let state: FilePath
    let key: FilePath
    /// The state folder of the second host.
    let other: FilePath

    /// Where a test puts what is to be imported.
    let plainText: FilePath
    /// Where the program finds them.
    let environment: [String: String]

    private init(_ home: TestHome) {
        self.home = home
        vault = home.path.appending("v/v")
        state = home.path.appending("s")
        key = state.appending("vault.key")
        other = home.path.appending("o")
        plainText = home.path.appending("e")
        environment = ["QBITVAULT_VAULT": vault.string, "STATE_DIRECTORY": state.string]
    }

    /// In memory where there is a file system for that: nothing here rests on a disk, and thousands of runs would wait
    /// for it.
    static func with<R>(_ command: CrashCommand, _ body: (CrashScene) async throws -> R) async throws -> R {
        let parent = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        return try await TestHome.with(named: "\(parent)/q") { home in
            let scene = CrashScene(home)
            for folder in [scene.state, scene.other] { try Files.makeFolder(folder) }
            if let prepare = command.prepare {
                let setting = Scene(home)
                try await setting.succeed(
                    ["vault", "init", "--key-file", scene.key.string], environment: scene.environment)
                try await setting.succeed(
                    ["credential", "set", "QBIT_PASSWORD", "--stdin"], input: scene.password.copy(),
                    environment: scene.environment)
                try await prepare(scene)
                _ = try scene.seenByOther()
            }
            return try await body(scene)
        }
    }

    func seen() throws(StoreError) -> VaultFacts? {
        try VaultFacts.seen(in: vault, state: state, key: key)
    }

    func seenByOther() throws(StoreError) -> VaultFacts? {
        try VaultFacts.seen(in: vault, state: other, key: key)
    }

    func isBelievedByOther() throws(StoreError) { try VaultFacts.isBelieved(vault, state: other) }

    /// The next write, by this host.
    func writeNext() throws(StoreError) { try write("NEXT", as: state) }

    private func write(_ name: String, as host: FilePath) throws(StoreError) {
        let key = key
        let store = VaultStore(vault, state: host, keys: { (_) throws(StoreError) in try KeyFile.read(key) })
        if let name = CredentialName(name) {
            try store.write(
                .madeUp(), for: CredentialKey(server: "default", name: name), boundTo: "http://localhost:8080")
        }
    }

    /// Both hosts write the password, each without the other; the second host's file is in place.
    func changeApart() throws {
        let common = try Files.bytes(vault)
        try write("QBIT_PASSWORD", as: state)
        try Files.write(common, to: vault)
        _ = try seenByOther()
        try write("QBIT_PASSWORD", as: other)
    }

    /// A second way in.
    func addSlot() throws {
        let key = key
        let store = VaultStore(vault, state: state, keys: { (_) throws(StoreError) in try KeyFile.read(key) })
        _ = try store.addSlot(.exactly("paper"), kind: .recovery, key: RecoveryCode.make())
    }

    /// What a re-key has left that the old key opens.
    func oldCopies(isDone: Bool) -> String? {
        guard isDone, (try? FilePath(vault.string + ".prev").stat()) != nil else { return nil }
        return "the file before the change is still there"
    }

    /// The files of `tree` in which one of the secrets stands.
    func leaks(in tree: Tree, _ known: inout Set<[UInt8]>) -> [FilePath] {
        let new = tree.files.filter { $0.key != plainText && known.insert($0.value).inserted }
        let value = SecretForms(of: value)
        let password = SecretForms(of: password)
        return new.filter { value.occur(in: $0.value) || password.occur(in: $0.value) }.map(\.key)
    }
}
