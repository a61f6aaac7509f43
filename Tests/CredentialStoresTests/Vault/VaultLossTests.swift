import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import CredentialStores

/// What must not get lost without a word: writes that were counted alike, put aside, or are one loser too many.
@Suite struct VaultLossTests {
    let origin = "http://localhost:8080"

    /// A copied state folder makes two hosts that take themselves for one, and count alike.
    @Test func filesThatWereCountedAlikeAreForked() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        let base = try Files.bytes(scratch.vault)
        let twin = scratch.folder.appending("twin")
        try copyTree(scratch.state, to: twin)
        let one = Secret.madeUp()
        let other = Secret.madeUp()
        try scratch.store().write(one, for: .password, boundTo: origin)
        let first = try Files.bytes(scratch.vault)
        try Files.write(base, to: scratch.vault)
        try scratch.store(state: twin).write(other, for: .password, boundTo: origin)

        let here = scratch.store()
        #expect(throws: StoreError(.forked, at: here.place)) { try here.list() }
        let fork = try #require(try here.fork(with: nil, trusting: nil))
        #expect(fork.differences.map(\.key) == [.password])
        try here.resolve(fork, choices: [.password: .mine])
        let (isMine, isOther) = (try holds(one, .password, in: here), try holds(other, .password, in: here))
        #expect(isMine && !isOther)
        // The twin takes what came of it.
        #expect(try scratch.store(state: twin).list().count == 1)
        // From here on they count apart.
        try scratch.store(state: twin).write(Secret.madeUp(), for: .username, boundTo: origin)
        try scratch.store().write(Secret.madeUp(), for: .username, boundTo: origin)
        let counters = try VaultFile(Files.bytes(scratch.vault)).header.versions.counters
        #expect(counters.count == 2)
        #expect(try VaultFile(first).header.versions.counters.count == 1)
    }

    /// Where machines have an id, a state folder that comes from another one counts for itself.
    @Test func anotherMachinesWriterIsNotTakenOver() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let file = scratch.state.appending("writer-id")
        let own = try Writer.ofThisHost(state: scratch.state).id
        #expect(try Writer.ofThisHost(state: scratch.state).id == own)
        guard String(decoding: try Files.bytes(file), as: UTF8.self).split(separator: "\n").count == 2 else {
            Issue.record("NOT TESTED: this machine has no id", severity: .warning)
            return
        }
        try Files.write("\(own)\n\(String(repeating: "0", count: 32))\n", to: file)
        let next = try Writer.ofThisHost(state: scratch.state).id
        #expect(next != own && next.count == 32)
        #expect(try Writer.ofThisHost(state: scratch.state).id == next)
    }

    /// Numbers that were used before for other writes are not used again.
    @Test func afterAnOlderFileWasTrustedNoNumberIsUsedTwice() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let old = try Files.bytes(scratch.vault)
        for _ in 0..<3 { try store.write(Secret.madeUp(), for: .password, boundTo: origin) }
        let lost = try VaultFile(Files.bytes(scratch.vault)).header.versions
        try Files.write(old, to: scratch.vault)
        let here = scratch.store()
        _ = try here.trust(try here.look())
        try here.write(Secret.madeUp(), for: .username, boundTo: origin)
        let next = try VaultFile(Files.bytes(scratch.vault)).header.versions
        // As often as before, and yet nobody takes it for what was there.
        for _ in 0..<4 { try here.write(Secret.madeUp(), for: .username, boundTo: origin) }
        #expect(next.order(against: lost) == .forked)
        let last = try VaultFile(Files.bytes(scratch.vault)).header.versions
        #expect(last.order(against: lost) == .forked && last.generation == next.generation + 4)
    }

    /// Whoever believes the other copy does not give up this one with the next write.
    @Test func whatOnlyThisHostWroteIsPutAsideEachTime() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let other = scratch.folder.appending("other")
        var ours: [[UInt8]] = []
        for round in 0..<2 {
            let base = try Files.bytes(scratch.vault)
            ours.append(PublicBytes.random(count: 24))
            try scratch.store().write(Secret(copying: ours[round]), for: key("OURS\(round)"), boundTo: origin)
            try Files.write(base, to: scratch.vault)
            let there = scratch.store(state: other)
            if round > 0 { _ = try there.trust(try there.look()) }
            try there.write(Secret.madeUp(), for: key("THEIRS\(round)"), boundTo: origin)
            let here = scratch.store()
            #expect(throws: StoreError(.forked, at: here.place)) { try here.list() }
            _ = try here.trust(try here.look())
            try here.write(Secret.madeUp(), for: key("AFTER\(round)"), boundTo: origin)
        }
        let copies = store.unmergedCopies()
        #expect(copies.count == 2)
        #expect(Set(store.copiesUnderEarlierKeys) == Set(copies.map(\.path)))
        for copy in copies {
            let fork = try #require(try scratch.store().fork(with: copy.path, trusting: copy.fingerprint))
            try scratch.store().resolve(fork, choices: [:])
        }
        for (round, value) in ours.enumerated() {
            let isOurs = try holds(Secret(copying: value), key("OURS\(round)"), in: scratch.store())
            #expect(isOurs)
        }
        // They are of no use any more.
        #expect(store.unmergedCopies().isEmpty && store.copiesUnderEarlierKeys.isEmpty)
    }

    /// An entry has room for two values that lost; the third is not dropped unless that was said.
    @Test func aLoserTooManyIsRefused() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        try store.write(Secret.madeUp(), for: .password, boundTo: origin)
        let base = try Files.bytes(scratch.vault)
        var copies: [FilePath] = []
        for host in 0..<3 {
            try Files.write(base, to: scratch.vault)
            try scratch.store(state: scratch.folder.appending("host\(host)"))
                .write(Secret.madeUp(), for: .password, boundTo: origin)
            copies.append(scratch.folder.appending("copy\(host)"))
            try Files.write(try Files.bytes(scratch.vault), to: copies[host])
        }
        try Files.write(base, to: scratch.vault)
        let mine = Secret.madeUp()
        try scratch.store().write(mine, for: .password, boundTo: origin)
        for copy in copies.prefix(2) {
            let fork = try #require(try scratch.store().fork(with: copy, trusting: nil))
            try scratch.store().resolve(fork, choices: [.password: .mine])
        }
        let third = try #require(try scratch.store().fork(with: copies[2], trusting: nil))
        let before = try Files.bytes(scratch.vault)
        #expect(throws: StoreError(.noRoomForEarlier([.password]), at: store.place)) {
            try scratch.store().resolve(third, choices: [.password: .mine])
        }
        #expect(try Files.bytes(scratch.vault) == before)
        // The latest one stays.
        try scratch.store().resolve(third, choices: [.password: .mine]) { $0 == .password }
        let isMine = try holds(mine, .password, in: scratch.store())
        #expect(isMine)
        let value = try OpenVault.open(VaultFile(Files.bytes(copies[2])), with: KeyFile.read(scratch.key))
        let found = value.payload.find(.password)
        let item = try #require(found)
        let isLatest =
            switch try scratch.store().read(.password, .previous) {
            case let kept?: kept.value == value.payload.secret.copy(item.value)
            case nil: false
            }
        #expect(isLatest)
        // And room is made for more.
        #expect(try scratch.store().delete(.password, .previous))
        #expect(try scratch.store().delete(.password, .previous) == false)
    }

    /// State folders that are made anew at each start use up the 256 writers; a new identity begins anew.
    @Test func whenAllWritersAreTakenANewIdentityBeginsAnew() throws {
        let scratch = try Scratch()
        let store = try scratch.make()
        let bytes = try Files.bytes(scratch.vault)
        let vault = try OpenVault.open(VaultFile(bytes), with: try KeyFile.read(scratch.key))
        let others = Dictionary(uniqueKeysWithValues: (0..<255).map { (writer($0), UInt64(2)) })
        let old = vault.file.header
        let full = VaultHeader(
            vaultID: old.vaultID, identity: old.identity,
            versions: old.versions.merged(with: VersionVector(counters: others)), slots: old.slots)
        try Files.write(
            VaultFile.encode(
                header: full, payload: vault.payload.secret, dataKey: vault.dataKey, identity: vault.payload.identity()),
            to: scratch.vault)
        let new = scratch.store(state: scratch.folder.appending("fresh"))
        #expect(throws: StoreError(.full, at: store.place)) {
            try new.write(Secret.madeUp(), for: .password, boundTo: origin)
        }
        #expect(throws: StoreError(.full, at: store.place)) { try new.rotateKey(replacesIdentity: false) }
        let before = try new.status().generation
        let report = try new.rotateKey(replacesIdentity: true)
        #expect(report.generation == before + 1)
        try new.write(Secret.madeUp(), for: .password, boundTo: origin)
        #expect(try VaultFile(Files.bytes(scratch.vault)).header.versions.counters.count == 1)
        // A power cut after the rename leaves a pin that only announces the identity.
        let again = scratch.store(state: scratch.folder.appending("fresh"))
        #expect(try again.list().count == 1)
        // The host that knew the old identity trusts the new one, and can write.
        let known = scratch.store()
        #expect(throws: StoreError(.forged, at: known.place)) { try known.list() }
        _ = try known.trust(try known.look())
        try known.write(Secret.madeUp(), for: .username, boundTo: origin)
        #expect(try scratch.store().list().count == 2)
    }

    @Test func anAnnouncedIdentityThatBeginsAnewIsBelieved() throws {
        let scratch = try Scratch()
        _ = try scratch.make()
        let old = try VaultFile(Files.bytes(scratch.vault)).header
        let writers = Dictionary(uniqueKeysWithValues: (0..<256).map { (writer($0), UInt64(2)) })
        let identity = PublicBytes.random(count: 32)
        func header(_ identity: [UInt8], _ counters: [String: UInt64]) -> VaultHeader {
            VaultHeader(
                vaultID: old.vaultID, identity: identity, versions: VersionVector(counters: counters), slots: old.slots)
        }
        let pin = VaultPin(path: scratch.vault, header: header(old.identity, writers)).announcing(identity)
        let folded = header(identity, ["ab": 513])
        #expect(pin.objection(to: folded) == nil)
        let seen = pin.observing(folded, openedBy: old.slots[0], at: 1)
        #expect(seen.identity == identity.hex && seen.writers == ["ab": 513])
        // Under the identity that is known it would be a rolled back one.
        #expect(pin.objection(to: header(old.identity, ["ab": 513])) == .forked)
        #expect(pin.objection(to: header(identity, ["ab": 513, "cd": 1])) == .forked)
    }

    private func writer(_ number: Int) -> String { String(repeating: "0", count: 29) + "\(number + 100)" }

    private func key(_ name: String) throws -> CredentialKey {
        CredentialKey(server: "default", name: try #require(CredentialName(name)))
    }

    private func copyTree(_ from: FilePath, to: FilePath) throws {
        try Files.makeFolder(to)
        for name in try Files.names(in: from) {
            let (source, target) = (from.appending(name), to.appending(name))
            if try source.stat().type == .directory {
                try copyTree(source, to: target)
            } else {
                try Files.write(try Files.bytes(source), to: target)
            }
        }
    }
}
