import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Who can write the file knows the public keys of its slots, and can seal to them: only memory tells the forgery.
@Suite struct VaultForgeryTests {
    @Test func aVaultMadeForOurSlotsIsNoticed() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let ours = try VaultFile(try Files.bytes(scratch.vault)).header
        var forge = Forge()
        forge.vaultID = ours.vaultID
        forge.writer = try #require(ours.versions.counters.keys.first)
        try Files.write(forge.file(ours.slots.map(forge.imitated)), to: scratch.vault)
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store().list() }
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store().status() }
        // It is sound in itself: a host that never saw the vault can only show whose it is.
        let told = Told()
        let stranger = scratch.folder.appending("other-state")
        #expect(try scratch.store(state: stranger, onFirstUse: told.add).list().isEmpty)
        let forged = try VaultFile(try Files.bytes(scratch.vault)).header.identity.hex
        #expect(told.all == [forged])
        #expect(forged != ours.identity.hex)
    }

    @Test func ourIdentityCannotBeClaimed() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let ours = try VaultFile(try Files.bytes(scratch.vault)).header
        var forge = Forge()
        forge.vaultID = ours.vaultID
        try Files.write(forge.file(ours.slots.map(forge.imitated), identity: ours.identity), to: scratch.vault)
        #expect(throws: StoreError(.damaged(.signature), at: store.place)) { try scratch.store().list() }
    }

    /// A slot of one vault is of no use in another: what is sealed in it names both.
    @Test func aSlotOfAnotherVaultIsNoticed() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let slots = try VaultFile(try Files.bytes(scratch.vault)).header.slots
        try Files.write(Forge().file(slots), to: scratch.vault)
        let store = scratch.store(state: scratch.folder.appending("other-state"))
        #expect(throws: StoreError(.damaged(.binding), at: store.place)) { try store.list() }
    }
}
