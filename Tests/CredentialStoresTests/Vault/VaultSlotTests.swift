import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Which slots are tried with which key, and what a file may ask for.
@Suite struct VaultSlotTests {
    @Test(arguments: [
        PassphraseCost(operations: 0, memory: 1 << 20), PassphraseCost(operations: 9, memory: 1 << 20),
        PassphraseCost(operations: .max, memory: 8 << 10), PassphraseCost(operations: 1, memory: 7 << 10),
        PassphraseCost(operations: 1, memory: (1 << 30) + 1024), PassphraseCost(operations: 1, memory: 4 << 40 - 1024),
        PassphraseCost(operations: 5, memory: 1 << 30), PassphraseCost(operations: 8, memory: (512 << 20) + 1024),
    ])
    func aCostOutOfBoundsIsRefusedBeforeAnybodyIsAsked(cost: PassphraseCost) throws {
        let scratch = try Scratch()
        try Files.write(try vault(asking: cost), to: scratch.vault)
        let store = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            Issue.record("a key was asked for")
            return VaultKey(.passphrase, Secret(copying: []))
        }
        #expect(throws: StoreError(.damaged(.cost), at: store.place)) { try store.list() }
    }

    @Test(arguments: [
        PassphraseCost.least, .moderate, PassphraseCost(operations: 4, memory: 1 << 30),
        PassphraseCost(operations: 8, memory: 512 << 20),
    ])
    func aCostWithinBoundsIsRead(cost: PassphraseCost) throws {
        #expect(try VaultFile(try vault(asking: cost)).header.slots.map(\.kind) == [.passphrase(cost)])
    }

    /// A vault whose only slot says so of its cost; the slot itself opens nothing.
    private func vault(asking cost: PassphraseCost) throws -> [UInt8] {
        let slot = Slot(
            id: PublicBytes.random(count: 16), kind: .passphrase(cost), name: "dear", created: 0,
            publicKey: SealingKeyPair(seed: Secret.random(count: 32)).publicKey, sealed: PublicBytes.random(count: 144)
        )
        return Forge().file([slot])
    }

    @Test(arguments: [(0, true), (3, true), (4, false), (15, false)])
    func atMostFourPassphraseSlotsAreTried(before: Int, isOpened: Bool) throws {
        let scratch = try Scratch()
        let forge = Forge()
        let text = Array(madeUp().utf8)
        let mine = try forge.slot("mine", .passphrase(.least), VaultKey(.passphrase, Secret(copying: text)))
        try Files.write(forge.file(try others(before, forge) + [mine]), to: scratch.vault)
        let store = VaultStore(scratch.vault, state: scratch.state) { (_) throws(StoreError) in
            VaultKey(.passphrase, Secret(copying: text))
        }
        if isOpened {
            #expect(try store.list().isEmpty)
        } else {
            #expect(throws: StoreError(.cannotOpen, at: store.place)) { try store.list() }
        }
    }

    @Test func passphraseSlotsDoNotHideAKeyFiles() throws {
        let scratch = try Scratch()
        try KeyFile.make(scratch.key)
        let forge = Forge()
        let mine = try forge.slot("mine", .keyFile, try KeyFile.read(scratch.key))
        try Files.write(forge.file(try others(15, forge) + [mine]), to: scratch.vault)
        #expect(try scratch.store().list().isEmpty)
    }

    private func others(_ count: Int, _ forge: Forge) throws -> [Slot] {
        try (0..<count).map {
            try forge.slot("other \($0)", .passphrase(.least), VaultKey(.passphrase, Secret.madeUp()))
        }
    }

    @Test(arguments: [
        (0, StoreError.Code.failed(.notAKeyFile)), (31, .failed(.notAKeyFile)),
        (33, .failed(.tooLarge(limit: 32))),
    ])
    func aKeyFileHolds32Bytes(count: Int, code: StoreError.Code) throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        try Files.write([UInt8](repeating: 1, count: count), to: scratch.key)
        #expect(throws: StoreError(code, at: Place(.key, scratch.key.string))) { try scratch.store().list() }
    }

    @Test func aKeyFileIsNeverReplaced() throws {
        let scratch = try Scratch()
        try KeyFile.make(scratch.key)
        let before = try Files.bytes(scratch.key)
        #expect(throws: FileError(.exists, at: scratch.key)) { try KeyFile.make(scratch.key) }
        #expect(try Files.bytes(scratch.key) == before)
        #expect(before.count == 32)
        #expect(try Files.mode(scratch.key) == 0o600)
    }
}
