import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Trusting and recovering, where no run of the program comes in between.
@Suite struct VaultCareTests {
    private let origin = "http://localhost:8080"

    /// Whoever agreed has seen another file.
    @Test func aFileThatWasReplacedSinceItWasLookedAtIsNotTrusted() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let first = try Files.bytes(scratch.vault)
        try write(store)
        let second = try Files.bytes(scratch.vault)
        try write(store)
        try Files.write(second, to: scratch.vault)
        let sight = try scratch.store().look()
        #expect(sight.objection == .rolledBack && sight.missingWrites == 1 && !sight.isAccepted)
        try Files.write(first, to: scratch.vault)
        #expect(throws: StoreError(.rolledBack, at: store.place)) { try scratch.store().trust(sight) }
        try Files.write(second, to: scratch.vault)
        #expect(try scratch.store().trust(sight) == [])
        #expect(try scratch.store().list().map(\.key) == [.password])
    }

    @Test func whatChangedSinceItWasLookedAtIsNotRecovered() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try write(store)
        let good = try Files.bytes(scratch.vault)
        try Files.write([1], to: scratch.vault)
        let rescue = try scratch.store().rescue()
        #expect(rescue.chosen?.origin == .ownCopy && rescue.doubts == [] && !rescue.isNeedless)
        try Files.write(good, to: scratch.vault)
        #expect(throws: StoreError(.busy(holder: nil), at: store.place)) { try scratch.store().recover(rescue) }
        #expect(try Files.bytes(scratch.vault) == good)
        #expect(try scratch.store().rescue().isNeedless)
    }

    /// It counts as newer than the file that it replaces, too, although that one was changed apart.
    @Test func theNewOneIsNewerThanAllThatWereThere() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let common = try Files.bytes(scratch.vault)
        try write(store)
        try Files.write(common, to: scratch.vault)
        try write(scratch.store(state: scratch.folder.appending("second-state")))
        let forked = try VaultFile(try Files.bytes(scratch.vault)).header.versions
        let rescue = try scratch.store().rescue()
        #expect(rescue.chosen?.origin == .ownCopy)
        #expect(rescue.doubts == [.replacesNewer])
        _ = try scratch.store().recover(rescue)
        let versions = try VaultFile(try Files.bytes(scratch.vault)).header.versions
        #expect(versions.order(against: forked) == .newer)
        #expect(versions.order(against: rescue.versions) == .newer)
        #expect(try scratch.store().list().count == 1)
    }

    /// A power cut in the middle of a re-key leaves both identities good.
    @Test func anAnnouncedIdentityIsGoodForACandidate() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let backup = scratch.folder.appending("backup")
        let other = try Scratch()
        try Files.write(try Files.bytes(scratch.key), to: other.key)
        try other.store().make(with: .keyFile)
        try Files.write(try Files.bytes(other.vault), to: backup)
        #expect(try store.rescue(from: backup).candidates.map(\.refusal) == [.forged])
        let identity = try VaultFile(try Files.bytes(backup)).header.identity
        try store.pins.update(for: scratch.vault) { $0?.announcing(identity) }
        #expect(try store.rescue(from: backup).candidates.map(\.refusal) == [nil])
    }

    /// Where nothing is remembered, an identity that this machine itself has written with is.
    @Test func withoutAPinTheOwnCopyTellsTheIdentity() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let other = try Scratch()
        try Files.write(try Files.bytes(scratch.key), to: other.key)
        try other.store().make(with: .keyFile)
        try store.pins.forget(scratch.vault)
        try Files.write(try Files.bytes(other.vault), to: scratch.vault)
        let rescue = try store.rescue()
        #expect(rescue.candidates.map(\.refusal) == [nil, .missing, .forged])
        #expect(rescue.doubts == [.replacesForeign])
    }

    private func write(_ store: VaultStore) throws {
        try store.write(Secret.random(count: 8), for: .password, boundTo: origin)
    }
}
