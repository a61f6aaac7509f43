import CredentialStores
import Secrets
import SystemPackage
import TestSupport
import Testing

/// An older, a minted and a forked file in the vault's place are noticed by the host that knows better.
@Suite struct VaultPinTests {
    let origin = "http://localhost:8080"

    @Test func anOlderFileIsNoticed() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let old = try Files.bytes(scratch.vault)
        try store.write(Secret.random(count: 8), for: .password, boundTo: origin)
        try Files.write(old, to: scratch.vault)
        #expect(throws: StoreError(.rolledBack, at: store.place)) { try scratch.store().list() }
    }

    @Test func aFileOfAnotherIdentityIsNoticed() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let other = try Scratch()
        try Files.write(try Files.bytes(scratch.key), to: other.key)
        try other.store().make(with: .keyFile)
        try Files.write(try Files.bytes(other.vault), to: scratch.vault)
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store().list() }
    }

    @Test func twoHostsThatChangedItApartAreNoticed() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let common = try Files.bytes(scratch.vault)
        let second = scratch.folder.appending("second-state")
        try scratch.store().write(Secret.random(count: 8), for: .password, boundTo: origin)
        try Files.write(common, to: scratch.vault)
        try scratch.store(state: second).write(Secret.random(count: 8), for: .password, boundTo: origin)
        let store = scratch.store()
        #expect(throws: StoreError(.forked, at: store.place)) { try store.list() }
    }

    @Test func aHostThatSeesItFirstIsToldTheFingerprint() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let seen = Told()
        let second = scratch.folder.appending("second-state")
        _ = try scratch.store(state: second, onFirstUse: seen.add).list()
        _ = try scratch.store(state: second, onFirstUse: seen.add).list()
        #expect(seen.all == [try scratch.store().status().fingerprint])
    }

    @Test func aPowerCutBetweenRenameAndPinLocksNobodyOut() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let pins = try Files.snapshot(scratch.state)
        let password = Secret.random(count: 8)
        try store.write(password, for: .password, boundTo: origin)
        try Files.restore(pins)
        let isThere = try holds(password, .password, in: scratch.store())
        #expect(isThere)
    }
}
