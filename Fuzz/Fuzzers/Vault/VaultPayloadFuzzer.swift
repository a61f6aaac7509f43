import Secrets

@testable import CredentialStores

extension Fuzzer {
    /// A payload in the clear, without its padding. Its identity becomes the minter's.
    static let vaultPayload = Fuzzer("vault-payload") { input in
        checkPadding(input)
        var content = input
        if content.count >= VaultPayload.identityRange.upperBound {
            content.replaceSubrange(VaultPayload.identityRange, with: Minter.identitySeed)
        }
        check(content: content)
    }

    /// An index and the values behind it, in a payload that is right otherwise. The first two bytes say how many of
    /// the last are values.
    static let vaultIndex = Fuzzer("vault-index", reshape: reshapeIndex) { input in
        guard let content = PayloadContent(indexAndValues: input) else { return }
        check(content: content.bytes)
    }

    @Sendable static func reshapeIndex(_ input: [UInt8], _ chance: inout Chance) -> [UInt8]? {
        var shape = IndexShape(input)
        for _ in 0...chance.below(4) { shape.change(&chance) }
        return shape.input
    }

    private static func check(content: [UInt8]) {
        switch read(content) {
        case nil: return
        case let payload?:
            demandSame(encoded(payload), content, "a payload is written as it was read")
            for item in payload.items {
                demand(payload.find(item.entry.key, role: item.entry.role) == item, "an entry is found")
            }
            checkSetting(payload)
            checkRemoving(payload)
        }
    }

    private static func read(_ content: [UInt8]) -> VaultPayload? {
        try? VaultPayload.read(Padding.padded(Secret(copying: content)), identity: Minter.identity)
    }

    private static func reread(_ written: consuming Secret) -> VaultPayload {
        do throws(VaultFault) { return try VaultPayload.read(written, identity: Minter.identity) } catch {
            fatalError("what was written is not read: \(error)")
        }
    }

    private static func encoded(_ payload: borrowing VaultPayload) -> [UInt8] {
        let items = payload.items
        let index = VaultIndex.encode(
            writers: payload.writers, entries: items.map { ($0.entry, $0.value.count) })
        return payload.secret.withBytes { bytes in
            bytes.array(0..<VaultPayload.guardRange.upperBound) + index + items.flatMap { bytes.array($0.value) }
        }
    }

    /// One more entry: it is there, and all others are as they were.
    private static func checkSetting(_ payload: borrowing VaultPayload) {
        guard let name = CredentialName("FUZZED") else { return }
        let key = CredentialKey(server: "fuzz", name: name)
        let value = Array("value".utf8)
        let change = VaultChange.set(key, value: 0..<value.count, origins: ["https://fuzz:1"])
        let others = payload.items.filter { $0.entry.key != key || $0.entry.role != .current }
        switch payload.changed(by: [change], values: Secret(copying: value), author: Minter.author) {
        // The format has no room for it.
        case nil: return
        case let changed?:
            let next = reread(changed)
            guard let item = next.find(key) else {
                demand(false, "what was set is there")
                return
            }
            demandSame(next.bytes(of: item), value, "the value that was set")
            let rest = next.items.filter { $0.entry.key != key || $0.entry.role != .current }
            demand(rest.count == others.count, "the number of others")
            for (old, new) in zip(others, rest) {
                demand(old.entry == new.entry, "another entry")
                demandSame(payload.bytes(of: old), next.bytes(of: new), "another value")
            }
        }
    }

    private static func checkRemoving(_ payload: borrowing VaultPayload) {
        guard let key = payload.items.first?.entry.key else { return }
        switch payload.changed(by: [.remove(key)], values: Secret(copying: []), author: Minter.author) {
        case nil: return
        case let changed?:
            let next = reread(changed)
            demand(next.items.map(\.entry) == payload.items.map(\.entry).filter { $0.key != key }, "what was removed")
        }
    }

    /// Against the rule itself: content, one 0x80, zeros to the end of the block.
    private static func checkPadding(_ padded: [UInt8]) {
        let count = Padding.contentCount(of: Secret(copying: padded))
        let last = padded.lastIndex { $0 != 0 }
        let isPadded = padded.count > 0 && padded.count.isMultiple(of: Padding.block)
        let expected = last.flatMap { isPadded && padded[$0] == 0x80 && padded.count - $0 <= Padding.block ? $0 : nil }
        demand(count == expected, "padding")
    }
}

extension VaultPayload {
    fileprivate borrowing func bytes(of item: Item) -> [UInt8] { secret.withBytes { $0.array(item.value) } }
}

/// The bytes of a payload, built so that what a fuzzer changes in it cannot make a length wrong by accident.
struct PayloadContent {
    let bytes: [UInt8]

    init?(indexAndValues input: [UInt8]) {
        guard input.count >= 2 else { return nil }
        let rest = input[2...]
        let values = (Int(input[0]) | Int(input[1]) << 8) % (rest.count + 1)
        var bytes: [UInt8] = [0, 0]
        bytes += Minter.identitySeed
        bytes += [UInt8](repeating: 1, count: VaultPayload.guardRange.count)
        bytes.append(littleEndian: UInt32(rest.count - values))
        self.bytes = bytes + rest
    }
}
