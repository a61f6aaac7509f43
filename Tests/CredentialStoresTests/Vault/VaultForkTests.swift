import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// Two copies of a vault that were changed apart become one, and no value is lost.
@Suite struct VaultForkTests {
    let origin = "http://localhost:8080"
    let tracker = CredentialKey(server: "default", name: .apiKey)

    @Test(arguments: [Fork.Side.mine, .theirs]) func bothAreOneAgain(side: Fork.Side) throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        try Files.write(apart.theirs, to: scratch.vault)
        let store = scratch.store()
        #expect(throws: StoreError(.forked, at: store.place)) { try store.list() }

        let fork = try #require(try store.fork(with: nil, trusting: nil))
        #expect(fork.differences.map(\.key) == [.password])
        #expect(fork.additions == [tracker])
        try store.resolve(fork, choices: [.password: side])

        let isMine = try holds(apart.mineValue, .password, in: store)
        let isTheirs = try holds(apart.theirValue, .password, in: store)
        #expect(isMine == (side == .mine) && isTheirs == (side == .theirs))
        let isKept = try holds(apart.trackerValue, tracker, in: scratch.store())
        #expect(isKept)
        let item = try #require(try store.current().payload.find(.password, role: .abandoned))
        let abandoned = try store.current().payload.secret.copy(item.value)
        let isMineKept = abandoned == apart.mineValue
        let isTheirsKept = abandoned == apart.theirValue
        #expect(isMineKept == (side == .theirs) && isTheirsKept == (side == .mine))
        // Every host takes it for newer than what it saw.
        #expect(try scratch.store().list().count == 3)
        #expect(try scratch.store(state: apart.secondState).list().count == 3)
        #expect(try store.fork(with: scratch.vault, trusting: nil) == nil)
    }

    /// A sync program leaves ours in place and puts the other one beside it.
    @Test func theOtherCopyMayBeNamed() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        try Files.write(apart.mine, to: scratch.vault)
        let conflict = scratch.folder.appending("vault.sync-conflict.qbv")
        try Files.write(apart.theirs, to: conflict)
        let store = scratch.store()
        let fork = try #require(try store.fork(with: conflict, trusting: nil))
        try store.resolve(fork, choices: [.password: .mine])
        let isMine = try holds(apart.mineValue, .password, in: scratch.store())
        #expect(isMine)
        let isKept = try holds(apart.trackerValue, tracker, in: scratch.store())
        #expect(isKept)
    }

    @Test func slotsThatEitherHasAddedOpenIt() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        let key = Secret.random(count: 32)
        try Files.write(apart.theirs, to: scratch.vault)
        let second = scratch.store(state: apart.secondState)
        try second.write(.change) { (vault, author) throws(StoreError) in
            let slot: Slot
            do {
                slot = try Slot.make(
                    name: "there", kind: .host, key: VaultKey(.keyFile("there"), key.copy()), dataKey: vault.dataKey,
                    vaultID: vault.file.header.vaultID, now: author.now)
            } catch { throw StoreError(.noKey, at: second.place) }
            switch vault.adding(slot, author: author) {
            case let draft?: return draft
            case nil: throw StoreError(.full, at: second.place)
            }
        }
        let store = scratch.store()
        let fork = try #require(try store.fork(with: nil, trusting: nil))
        try store.resolve(fork, choices: [.password: .mine])
        let byThere = VaultStore(scratch.vault, state: apart.secondState) { (_) throws(StoreError) in
            VaultKey(.keyFile("there"), key.copy())
        }
        let isMine = try holds(apart.mineValue, .password, in: byThere)
        #expect(isMine)
    }

    /// Who was shut out may have written it: what it keeps is taken over on request, its slots never.
    @Test func aCopyUnderAnotherIdentityIsTakenOnRequestAndWithoutItsSlots() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        try Files.write(apart.mine, to: scratch.vault)
        let store = scratch.store()
        _ = try store.rotateKey(replacesIdentity: true)
        let other = scratch.folder.appending("other.qbv")
        try Files.write(apart.theirs, to: other)
        let refusal = StoreError(.forged, at: Place(.vault, other.string))
        #expect(throws: refusal) { try store.fork(with: other, trusting: nil) }
        // A host without a memory believes the file in place and not a copy of another identity beside it.
        let newcomer = scratch.store(state: scratch.folder.appending("third-state"))
        #expect(throws: refusal) { try newcomer.fork(with: other, trusting: nil) }
        let identity = try VaultFile(apart.theirs).header.identity.hex
        let fork = try #require(try store.fork(with: other, trusting: identity))
        #expect(fork.slots.map(\.publicKey) == (try store.status().slots.map(\.publicKey)))
        try store.resolve(fork, choices: [.password: .mine])
        let isKept = try holds(apart.trackerValue, tracker, in: scratch.store())
        #expect(isKept)
        #expect(try store.status().fingerprint != identity)
    }

    /// What stands in the vault's place under another identity is never written on, whoever names that identity: whoever
    /// was shut out would be taken back.
    @Test func aFileOfAnotherIdentityInPlaceIsTrustedFirstAndMergedThen() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        // The first host shuts somebody out; its file comes to the second, which wrote under the old identity.
        try Files.write(apart.mine, to: scratch.vault)
        let report = try scratch.store().rotateKey(replacesIdentity: true)
        let rekeyed = try Files.bytes(scratch.vault)
        let second = scratch.store(state: apart.secondState)
        #expect(throws: StoreError(.forged, at: second.place)) {
            try second.fork(with: nil, trusting: report.fingerprint)
        }
        #expect(try Files.bytes(scratch.vault) == rekeyed)
        _ = try second.trust(try second.look())
        // What only this host wrote is still there, and comes back.
        let copy = try #require(second.unmergedCopies().first)
        let fork = try #require(try second.fork(with: copy.path, trusting: copy.fingerprint))
        try second.resolve(fork, choices: [.password: .mine])
        let isKept = try holds(apart.trackerValue, tracker, in: scratch.store(state: apart.secondState))
        #expect(isKept)
        #expect(try second.status().fingerprint == report.fingerprint)
    }

    /// A copy that is merely newer has nothing to be merged with, and must not be thought needless.
    @Test func aNewerCopyIsSaidToBeOne() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let old = try Files.bytes(scratch.vault)
        let second = scratch.folder.appending("second-state")
        try scratch.store(state: second).write(Secret.madeUp(), for: .password, boundTo: origin)
        let copy = scratch.folder.appending("newer.qbv")
        try Files.write(try Files.bytes(scratch.vault), to: copy)
        try Files.write(old, to: scratch.vault)
        #expect(throws: StoreError(.newerCopy, at: Place(.vault, copy.string))) {
            try store.fork(with: copy, trusting: nil)
        }
    }

    /// A write that neither copy has would be lost under a vector that is newer than all.
    @Test func aStaleCopyIsNotMerged() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        let stale = scratch.folder.appending("stale.qbv")
        try Files.write(apart.mine, to: stale)
        try Files.write(apart.mine, to: scratch.vault)
        try scratch.store().write(Secret.madeUp(), for: .username, boundTo: origin)
        try Files.write(apart.theirs, to: scratch.vault)
        let store = scratch.store()
        #expect(throws: StoreError(.rolledBack, at: Place(.vault, stale.string))) {
            try store.fork(with: stale, trusting: nil)
        }
        #expect(try store.fork(with: nil, trusting: nil) != nil)
    }

    /// A disk that is not there looks like a vault that never was.
    @Test func aVaultThatIsGoneIsNotMadeAnewOverItsLastCopy() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        let own = store.ownCopy
        let copy = try Files.bytes(own)
        try Files.remove(scratch.vault)
        #expect(throws: StoreError(.lost(copy: own.string), at: store.place)) {
            try scratch.store().make(with: .keyFile)
        }
        #expect(try Files.bytes(own) == copy)
    }

    @Test func anotherVaultIsNoCopy() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let other = try Scratch()
        _ = try other.make()
        #expect(throws: StoreError(.otherVault, at: Place(.vault, other.vault.string))) {
            try store.fork(with: other.vault, trusting: nil)
        }
    }

    @Test func aFileThatWasReplacedMeanwhileIsLeftAlone() throws {
        let scratch = try Scratch()
        let apart = try Apart(scratch, origin, tracker)
        try Files.write(apart.theirs, to: scratch.vault)
        let store = scratch.store()
        let fork = try #require(try store.fork(with: nil, trusting: nil))
        try scratch.store(state: apart.secondState).write(Secret.madeUp(), for: .username, boundTo: origin)
        let now = try Files.bytes(scratch.vault)
        #expect(throws: StoreError(.busy(holder: nil), at: store.place)) {
            try store.resolve(fork, choices: [.password: .mine])
        }
        #expect(try Files.bytes(scratch.vault) == now)
    }

    /// One vault, and what two hosts have made of it. Both changed the password; the second has a tracker too.
    private final class Apart {
        let mine: [UInt8]
        let theirs: [UInt8]
        let mineValue = Secret.madeUp()
        let theirValue = Secret.madeUp()
        let trackerValue = Secret.madeUp()
        let secondState: FilePath

        init(_ scratch: borrowing Scratch, _ origin: String, _ tracker: CredentialKey) throws {
            let first = try scratch.make()
            secondState = scratch.folder.appending("second-state")
            try first.write(Secret.madeUp(), for: .username, boundTo: origin)
            let common = try Files.bytes(scratch.vault)
            let second = scratch.store(state: secondState)
            try second.write(theirValue, for: .password, boundTo: origin)
            try second.write(trackerValue, for: tracker, boundTo: origin)
            theirs = try Files.bytes(scratch.vault)
            try Files.write(common, to: scratch.vault)
            try first.write(mineValue, for: .password, boundTo: origin)
            mine = try Files.bytes(scratch.vault)
        }
    }
}
