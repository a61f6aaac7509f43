import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// A new data key for every slot, without any of their secrets.
@Suite struct VaultRekeyTests {
    let origin = "http://localhost:8080"

    @Test(arguments: [false, true]) func everySlotGoesOnOpeningIt(replacesIdentity: Bool) throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let value = Secret.madeUp()
        try store.write(value, for: .password, boundTo: origin)
        let second = Secret.random(count: 32)
        try add("second", .host, VaultKey(.keyFile("second"), second.copy()), to: store)
        let before = try Files.bytes(scratch.vault)
        let old = try store.status()

        let report = try store.rotateKey(replacesIdentity: replacesIdentity)
        #expect((report.fingerprint == old.fingerprint) == !replacesIdentity)
        #expect(report.isIdentityNew == replacesIdentity)
        #expect(report.slots.map(\.publicKey) == old.slots.map(\.publicKey))
        #expect(report.generation == old.generation + 1)
        let isHeld = try holds(value, .password, in: scratch.store())
        #expect(isHeld)
        let bySecond = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            VaultKey(.keyFile("second"), second.copy())
        }
        let isHeldBySecond = try holds(value, .password, in: bySecond)
        #expect(isHeldBySecond)
        try expectOldKeyIsOfNoUse(before, scratch)
    }

    /// The data key that the file before had opens nothing any more, and no copy under it is left.
    private func expectOldKeyIsOfNoUse(_ before: [UInt8], _ scratch: borrowing Scratch) throws {
        let old = try OpenVault.open(try VaultFile(before), with: try KeyFile.read(scratch.key))
        let file = try VaultFile(try Files.bytes(scratch.vault))
        #expect(throws: VaultFault.damaged(.payload)) { _ = try file.decrypt(with: old.dataKey) }
        #expect(try Files.names(in: scratch.folder).filter { $0.hasSuffix(".prev") } == [])
        let own = try VaultFile(try Files.bytes(scratch.store().ownCopy))
        #expect(own.header == file.header)
    }

    @Test func anotherPassphraseShutsTheOldOneOut() throws {
        let scratch = try Scratch()
        let old = Secret.madeUp()
        let new = Secret.madeUp()
        let first = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            VaultKey(.passphrase, old.copy())
        }
        try first.make(with: .passphrase(.least))
        let value = Secret.madeUp()
        try first.write(value, for: .password, boundTo: origin)
        let cost = PassphraseCost(operations: 2, memory: 16 << 10)
        let report = try first.replaceSlot(
            "passphrase", kind: .passphrase(cost), key: VaultKey(.passphrase, new.copy()))
        #expect(report.slots.map(\.kind) == [.passphrase(cost)])
        // Who opened it by the old one goes on working with what is open.
        let isOpen = try holds(value, .password, in: first)
        #expect(isOpen)
        let second = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            VaultKey(.passphrase, new.copy())
        }
        let isHeld = try holds(value, .password, in: second)
        #expect(isHeld)
        let shutOut = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            VaultKey(.passphrase, old.copy())
        }
        #expect(throws: StoreError(.cannotOpen, at: shutOut.place)) { try shutOut.list() }
        #expect(throws: StoreError(.noSuchSlot("none", known: ["passphrase"]), at: second.place)) {
            try second.replaceSlot("none", kind: .passphrase(.least), key: VaultKey(.passphrase, new.copy()))
        }
    }

    /// Whoever knew the old identity can make no file that is believed.
    @Test func aFileOfTheOldIdentityIsForged() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        let before = try Files.bytes(scratch.vault)
        _ = try store.rotateKey(replacesIdentity: true)
        try Files.write(before, to: scratch.vault)
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store().list() }
    }

    @Test func aPowerCutInAChangeOfIdentityLocksNobodyOut() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let before = try Files.bytes(scratch.vault)
        let old = try #require(try store.pins.read(for: scratch.vault))
        _ = try store.rotateKey(replacesIdentity: true)
        let after = try VaultFile(try Files.bytes(scratch.vault)).header
        let announced = old.announcing(after.identity)
        for file in [before, try Files.bytes(scratch.vault)] {
            try store.pins.update(for: scratch.vault) { _ in announced }
            try Files.write(file, to: scratch.vault)
            #expect(try scratch.store().list().isEmpty)
        }
        // A reader that saw the old file meanwhile has not made this host forget what was announced.
        try Files.write(before, to: scratch.vault)
        try store.pins.update(for: scratch.vault) { _ in announced }
        #expect(try scratch.store().list().isEmpty)
        #expect(try store.pins.read(for: scratch.vault)?.next == after.identity.hex)
    }

    private func add(_ name: String, _ kind: Slot.Kind, _ key: borrowing VaultKey, to store: VaultStore) throws {
        let slot = key.copy()
        try store.write(.change) { (vault, author) throws(StoreError) in
            let made: Slot
            do {
                made = try Slot.make(
                    name: name, kind: kind, key: slot, dataKey: vault.dataKey, vaultID: vault.file.header.vaultID,
                    now: author.now)
            } catch { throw StoreError(.noKey, at: store.place) }
            switch vault.adding(made, author: author) {
            case let draft?: return draft
            case nil: throw StoreError(.full, at: store.place)
            }
        }
    }
}
