import Glibc
import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// What a write leaves behind when it succeeds, and what when it fails.
@Suite struct VaultWritingTests {
    private let origin = "http://localhost:8080"

    @Test func theFileBeforeTheLastWriteIsKept() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let previous = FilePath(scratch.vault.string + ".prev")
        #expect(throws: Errno.noSuchFileOrDirectory) { try previous.stat() }
        let first = Secret.madeUp()
        try store.write(first, for: .password, boundTo: origin)
        let before = try Files.bytes(scratch.vault)
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        #expect(try Files.bytes(previous) == before)
        #expect(try Files.mode(previous) == 0o600)
        let old = VaultStore(previous, state: scratch.folder.appending("other-state"), keys: scratch.keys)
        let isThere = try holds(first, .password, in: old)
        #expect(isThere)
    }

    @Test func nothingElseIsLeftBehind() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        for _ in 0..<3 { try store.write(Secret.madeUp(), for: .password, boundTo: origin) }
        let names = ["state", "vault.key", "vault.qbv", "vault.qbv.lock", "vault.qbv.prev"]
        #expect(try Files.names(in: scratch.folder) == names)
    }

    @Test func anEntryIsBoundAnewAndKeepsItsValue() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let password = Secret.madeUp()
        try store.write(password, for: .password, boundTo: origin)
        try store.write(Secret.madeUp(), for: .username, boundTo: origin)
        let others = ["https://nas.lan:443/qbt", "http://10.0.0.2:8080"]
        #expect(try store.bind(.password, to: others))
        #expect(try scratch.store().list().map(\.origins) == [others, [origin]])
        let isThere = try holds(password, .password, in: scratch.store())
        #expect(isThere)
        let none = CredentialKey(server: "nobody", name: .password)
        #expect(try store.bind(none, to: others) == false)
        #expect(try scratch.store().list().count == 2)
    }

    @Test func theHolderOfTheLockIsNamed() throws {
        let scratch = try Scratch()
        let lock = try scratch.make().takeLock()
        let command = try #require(FilePath(CommandLine.arguments[0]).lastComponent).string
        let other = scratch.store(patience: .zero)
        #expect(throws: StoreError(.busy(holder: "process \(getpid()) (\(command))"), at: other.place)) {
            try other.write(Secret.madeUp(), for: .password, boundTo: origin)
        }
        #expect(try other.list().isEmpty, "readers do not wait")
        extendLifetime(lock)
    }

    @Test(arguments: [
        (String(repeating: "s", count: 129), ["http://localhost:8080"]), ("", ["http://localhost:8080"]),
        ("default", [String(repeating: "o", count: 2049)]), ("default", [""]),
        ("default", (1...256).map { "http://localhost:\($0)" }), ("a\u{7}", ["http://localhost:8080"]),
        ("default", ["http://localhost\u{85}"]),
    ])
    func whatTheFormatCannotHoldIsRefused(server: String, origins: [String]) throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let before = try Files.bytes(scratch.vault)
        let change = VaultChange.set(CredentialKey(server: server, name: .password), value: 0..<0, origins: origins)
        #expect(throws: StoreError(.full, at: store.place)) { try store.change([change], values: Secret(copying: [])) }
        #expect(try Files.bytes(scratch.vault) == before)
    }

    /// To Swift they are equal; to the format, as bytes, they are not.
    @Test func serversThatOnlyLookTheSameAreTwo() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let keys = ["\u{e9}", "e\u{301}"].map { CredentialKey(server: $0, name: .password) }
        let values = [Secret.madeUp().bytes, Secret.madeUp().bytes]
        for (key, value) in zip(keys, values) { try store.write(Secret(copying: value), for: key, boundTo: origin) }
        #expect(try scratch.store().list().count == 2)
        #expect(try store.delete(keys[1]))
        #expect(try scratch.store().list().map { Array($0.key.server.utf8) } == [Array(keys[0].server.utf8)])
        let isThere = try holds(Secret(copying: values[0]), keys[0], in: scratch.store())
        #expect(isThere)
    }

    @Test func anOriginGivenTwiceIsKeptOnce() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        #expect(try store.bind(.password, to: [origin, "https://nas:443", origin]))
        #expect(try scratch.store().list().map(\.origins) == [[origin, "https://nas:443"]])
    }

    @Test func aDiskThatTakesNoMoreLosesNothing() async {
        await #expect(processExitsWith: .success) {
            let kept = try KeptVault()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            try kept.refusesWrite(of: 100_000, because: .failed(.write, .fileTooLarge))
            try kept.refusesWrite(of: 100_000, because: .failed(.write, .fileTooLarge))
        }
    }

    /// As another user, where the tests run as root: nothing is closed to root.
    @Test func aFolderThatCannotBeWrittenLosesNothing() async {
        await #expect(processExitsWith: .success) {
            if geteuid() == 0 { try #require(setegid(65_534) == 0 && seteuid(65_534) == 0) }
            let kept = try KeptVault()
            try Files.setMode(kept.scratch.folder, 0o500)
            try kept.refusesWrite(of: 10, because: .failed(.open, .permissionDenied))
            try Files.setMode(kept.scratch.folder, 0o700)
        }
    }
}

/// A vault with one password in it, which must survive.
private final class KeptVault {
    let scratch: Scratch
    private let store: VaultStore
    private let password = Secret.madeUp()

    init() throws {
        scratch = try Scratch()
        store = try scratch.make()
        try store.write(password, for: .password, boundTo: "http://localhost:8080")
    }

    func refusesWrite(of count: Int, because code: FileError.Code) throws {
        let names = try Files.names(in: scratch.folder)
        let problem = StoreError(.cannotWrite(FileError(code, at: scratch.vault)), at: store.place)
        #expect(throws: problem) {
            try store.write(Secret.random(count: count), for: .password, boundTo: "http://localhost:8080")
        }
        #expect(try Files.names(in: scratch.folder) == names)
        let isThere = try holds(password, .password, in: scratch.store())
        #expect(isThere)
    }
}
