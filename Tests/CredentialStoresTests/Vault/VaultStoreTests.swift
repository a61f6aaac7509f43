import CredentialStores
import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@Suite struct VaultStoreTests {
    let origin = "http://localhost:8080"

    @Test func whatIsWrittenIsReadByAnotherProcessesEyes() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let password = Secret.random(count: 40)
        try store.write(Credentials(username: "admin", password: password.copy()), server: "default", boundTo: origin)

        let other = scratch.store()
        let isThere = try holds(password, .password, in: other)
        #expect(isThere)
        let isNamed = try holds(Secret(copying: "admin".utf8), .username, in: other)
        #expect(isNamed)
        #expect(try other.list().map(\.key) == [.password, .username])
        #expect(try other.list().allSatisfy { $0.origins == [origin] })
    }

    @Test func aValueIsReplacedAndDeleted() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let first = Secret.random(count: 10)
        let second = Secret.random(count: 2000)
        try store.write(first, for: .password, boundTo: origin)
        try store.write(second, for: .password, boundTo: origin)
        let isSecond = try holds(second, .password, in: scratch.store())
        #expect(isSecond)
        #expect(try store.delete(.password))
        #expect(try store.delete(.password) == false)
        #expect(try scratch.store().list().isEmpty)
    }

    @Test(arguments: [0, 1, 957, 958, 1024, 100_000]) func valuesOfAnyLengthComeBack(count: Int) throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let value = Secret.random(count: count)
        try store.write(value, for: .password, boundTo: origin)
        let isSame = try holds(value, .password, in: scratch.store())
        #expect(isSame)
    }

    @Test func nothingIsReplacedByMakingItAgain() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let password = Secret.random(count: 8)
        try store.write(password, for: .password, boundTo: origin)
        #expect(throws: StoreError(.exists, at: store.place)) { try scratch.store().make(with: .keyFile) }
        let isThere = try holds(password, .password, in: scratch.store())
        #expect(isThere)
    }

    @Test func aMissingVaultSaysSo() throws {
        let scratch = try Scratch()
        let store = scratch.store()
        #expect(throws: StoreError(.missing, at: store.place)) { try store.list() }
    }

    @Test func tooMuchIsRefusedBeforeAnythingIsWritten() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let before = try scratch.store().status()
        let value = Secret.random(count: 17 << 20)
        #expect(throws: StoreError(.full, at: store.place)) {
            try store.write(value, for: .password, boundTo: origin)
        }
        #expect(try scratch.store().status() == before)
    }

    @Test func anotherKeyFileDoesNotOpenIt() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        try Files.remove(scratch.key)
        try KeyFile.make(scratch.key)
        let store = scratch.store()
        let key = Place(.key, scratch.key.string)
        #expect(throws: StoreError(.cannotOpen, at: store.place, by: key)) { try store.list() }
    }

    @Test func aPassphraseOpensIt() throws {
        let scratch = try Scratch()
        let text = Array("correct \(UInt64.random(in: 0 ... .max))".utf8)
        let right: VaultKeyProvider = { (_) throws(StoreError) in VaultKey(.passphrase, Secret(copying: text)) }
        let wrong: VaultKeyProvider = { (_) throws(StoreError) in
            VaultKey(.passphrase, Secret(copying: text.dropLast()))
        }
        try VaultStore(scratch.vault, state: scratch.state, keys: right).make(with: .passphrase(.least))
        let opened = VaultStore(scratch.vault, state: scratch.state, keys: right)
        #expect(try opened.list().isEmpty)
        let refused = VaultStore(scratch.vault, state: scratch.state, keys: wrong)
        #expect(throws: StoreError(.cannotOpen, at: refused.place)) { try refused.list() }
    }

    @Test func theFileIsClosedToOthers() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        #expect(try Files.mode(scratch.vault) == 0o600)
        try Files.setMode(scratch.vault, 0o640)
        #expect(throws: StoreError(.unsafe(.mode(0o640)), at: store.place)) { try scratch.store().list() }
    }

    @Test func whatKilledWritersLeftIsSwept() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let left = [".vault.qbv.1a2b.tmp", ".vault.qbv.prev.1a2b.tmp"].map { scratch.folder.appending($0) }
        let others = scratch.folder.appending(".vault.qbv.old.1a2b.tmp")
        for file in left + [others] { try Files.write("x", to: file) }
        try store.write(Secret.random(count: 8), for: .password, boundTo: origin)
        #expect(left.filter { (try? $0.stat()) != nil } == [])
        #expect((try? others.stat()) != nil, "another vault's writer may still be at work")
    }

    @Test func aFolderInWhichOthersCouldReplaceItIsRefused() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        try Files.setMode(scratch.folder, 0o770)
        let place = Place(.vault, scratch.folder.string)
        #expect(throws: StoreError(.unsafe(.folderMode(0o770)), at: place)) { try scratch.store().list() }
        try Files.setMode(scratch.folder, 0o700)
        try Files.setMode(scratch.state, 0o777)
        #expect(throws: StoreError(.unsafe(.folderMode(0o777)), at: Place(.vault, scratch.state.string))) {
            try scratch.store().list()
        }
    }
}
