import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Ways into a vault are added and taken out.
@Suite struct SlotStoreTests {
    private let origin = "http://localhost:8080"

    @Test func eachKindOpensItOnceAdded() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let value = Secret.madeUp()
        try store.write(value, for: .password, boundTo: origin)
        for key in Held.ofEachKind {
            let slot = try store.addSlot(.exactly(key.name), kind: key.slot, key: key.key())
            #expect(slot.name == key.name && slot.kind == key.slot)
            let isHeld = try holds(value, .password, in: key.store(scratch))
            #expect(isHeld)
        }
        #expect(try store.status().generation == 6)
        let listed = try store.slots()
        #expect(listed.map(\.slot.name) == ["key-file"] + Held.ofEachKind.map(\.name))
        #expect(listed.allSatisfy { $0.lastUsed?.isMultiple(of: 86_400) == true })
        // Another host has used none of them.
        let elsewhere = scratch.store(state: scratch.folder.appending("elsewhere"))
        #expect(try elsewhere.slots().allSatisfy { $0.lastUsed == nil })
    }

    @Test(arguments: Held.ofEachKind) func aHolderIsShutOut(former: Held) throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let value = Secret.madeUp()
        try store.write(value, for: .password, boundTo: origin)
        for key in Held.ofEachKind { _ = try store.addSlot(.exactly(key.name), kind: key.slot, key: key.key()) }
        let second = scratch.folder.appending("second")
        _ = try scratch.store(state: second).list()
        let before = try Files.bytes(scratch.vault)
        let old = try store.status()

        // By the slot itself: that it is the one in use is no hindrance.
        let removed = try former.store(scratch).removeSlot(former.name)
        #expect(removed.slot.name == former.name && removed.hasOpenedTheVault)
        #expect(removed.known == [.password])
        #expect(removed.report.fingerprint != old.fingerprint)
        #expect(removed.report.slots.map(\.id) == old.slots.filter { $0.name != former.name }.map(\.id))

        #expect(throws: StoreError(.cannotOpen, at: store.place)) { try former.store(scratch).list() }
        let isHeld = try holds(value, .password, in: scratch.store())
        #expect(isHeld)
        for key in Held.ofEachKind where key.name != former.name {
            let isHeld = try holds(value, .password, in: key.store(scratch))
            #expect(isHeld)
        }
        #expect(try Files.names(in: scratch.folder).filter { $0.hasSuffix(".prev") } == [])
        let own = try VaultFile(try Files.bytes(scratch.store().ownCopy))
        #expect(own.header.identity.hex == removed.report.fingerprint)
        // The old file is believed here no more, and the new one not yet by a host that was not told.
        let new = try Files.bytes(scratch.vault)
        try Files.write(before, to: scratch.vault)
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store().list() }
        try Files.write(new, to: scratch.vault)
        #expect(throws: StoreError(.forged, at: store.place)) { try scratch.store(state: second).list() }
    }

    @Test func aHostAloneIsNobody() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let host = Held("host", .host, .keyFile("host"), 32)
        let code = Held("code", .recovery, .recovery, 20)
        _ = try store.addSlot(.exactly("host"), kind: .host, key: host.key())
        let before = try Files.bytes(scratch.vault)
        #expect(throws: StoreError(.lastSlot("key-file"), at: store.place)) { try store.removeSlot("key-file") }
        #expect(throws: StoreError(.noSuchSlot("none", known: ["key-file", "host"]), at: store.place)) {
            try store.removeSlot("none")
        }
        #expect(try Files.bytes(scratch.vault) == before)
        _ = try store.addSlot(.exactly("code"), kind: .recovery, key: code.key())
        _ = try store.removeSlot("key-file")
        #expect(throws: StoreError(.lastSlot("code"), at: store.place)) { try code.store(scratch).removeSlot("code") }
    }

    @Test func whatCannotBeAddedChangesNothing() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        func key() -> VaultKey { VaultKey(.keyFile("another"), Secret.random(count: 32)) }
        let before = try Files.bytes(scratch.vault)
        #expect(throws: StoreError(.slotExists("key-file"), at: store.place)) {
            try store.addSlot(.exactly("key-file"), kind: .keyFile, key: key())
        }
        for name in ["", "two\nlines", String(repeating: "n", count: 65)] {
            #expect(throws: StoreError(.slotName, at: store.place)) {
                try store.addSlot(.exactly(name), kind: .keyFile, key: key())
            }
        }
        #expect(throws: StoreError(.keyHasSlot("key-file"), at: store.place)) {
            try store.addSlot(.exactly("again"), kind: .keyFile, key: KeyFile.read(scratch.key))
        }
        #expect(try Files.bytes(scratch.vault) == before)
    }

    @Test func sixteenAreTheMostAndFourOfThemPassphrases() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        for count in 1...4 {
            let slot = try store.addSlot(
                .like("passphrase"), kind: .passphrase(.least), key: VaultKey(.passphrase, Secret.madeUp()))
            #expect(slot.name == (count == 1 ? "passphrase" : "passphrase-\(count)"))
        }
        #expect(throws: StoreError(.tooManyPassphrases, at: store.place)) {
            try store.addSlot(
                .like("passphrase"), kind: .passphrase(.least), key: VaultKey(.passphrase, Secret.madeUp()))
        }
        for _ in 6...16 { _ = try store.addSlot(.like("code"), kind: .recovery, key: RecoveryCode.make()) }
        #expect(throws: StoreError(.tooManySlots, at: store.place)) {
            try store.addSlot(.like("code"), kind: .recovery, key: RecoveryCode.make())
        }
        #expect(try store.status().slots.count == 16)
    }
}

/// A key of somebody, who opens vaults by it.
final class Held: Sendable, CustomTestStringConvertible {
    static let ofEachKind = [
        Held("words", .passphrase(.least), .passphrase, 24), Held("file", .keyFile, .keyFile("file"), 32),
        Held("nas", .host, .keyFile("host"), 32), Held("paper", .recovery, .recovery, 20),
    ]

    let name: String
    let slot: Slot.Kind
    private let kind: VaultKey.Kind
    private let secret: Secret

    init(_ name: String, _ slot: Slot.Kind, _ kind: VaultKey.Kind, _ count: Int) {
        self.name = name
        self.slot = slot
        self.kind = kind
        secret = Secret.random(count: count)
    }

    var testDescription: String { name }

    func key() -> VaultKey { VaultKey(kind, secret.copy()) }

    func store(_ scratch: borrowing Scratch) -> VaultStore {
        VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in self.key() }
    }
}
