import Secrets

/// Everything a vault keeps: one secret, and an index of what lies where in it.
struct VaultPayload: ~Copyable, Sendable {
    /// An entry and where its value lies in `secret`.
    struct Item: Hashable, Sendable {
        let entry: VaultEntry
        let value: Range<Int>
    }

    /// The plain payload with its padding cut off.
    let secret: Secret
    let items: [Item]
    /// Names of the hosts that wrote, by their 16-byte ids (hexadecimal).
    let writers: [String: String]

    /// Where in `secret` the seed of the identity lies, and the key that fingerprints are made with.
    static let identityRange = 2..<34
    static let guardRange = 34..<66

    func find(_ key: CredentialKey, role: VaultEntry.Role = .current) -> Item? {
        items.first { $0.entry.key == key && $0.entry.role == role }
    }

    func identity() -> SigningKey { SigningKey(seed: secret.copy(Self.identityRange)) }
}

extension VaultPayload {
    /// Reads a decrypted payload.
    ///
    /// The index holds no secret and is read out of guarded memory into ordinary memory; seeds and values stay.
    static func read(_ padded: borrowing Secret) throws(VaultFault) -> VaultPayload {
        guard let count = Padding.contentCount(of: padded) else { throw .damaged("padding") }
        let secret = padded.copy(0..<count)
        guard count >= guardRange.upperBound + 6 else { throw .damaged("payload is too short") }
        guard secret.withBytes({ $0[0] == 0 && $0[1] == 0 }) else { throw .newer("flags of the payload") }
        let index = try VaultIndex.read(secret, from: guardRange.upperBound)
        return VaultPayload(secret: secret, items: index.items, writers: index.writers)
    }
}

/// ISO/IEC 7816-4 padding: one 0x80, then zeros up to a multiple of the block.
enum Padding {
    static let block = 1024

    static func paddedCount(_ count: Int) -> Int { (count / block + 1) * block }

    static func contentCount(of padded: borrowing Secret) -> Int? {
        guard padded.count > 0, padded.count.isMultiple(of: block) else { return nil }
        return padded.withBytes { bytes in
            let lowest = bytes.count - block
            var index = bytes.count - 1
            while index > lowest, bytes[index] == 0 { index -= 1 }
            return bytes[index] == 0x80 ? index : nil
        }
    }
}
