import Secrets

/// Everything a vault keeps: one secret, and an index of what lies where in it.
struct VaultPayload: ~Copyable, Sendable {
    /// An entry and where its value lies in `secret`.
    struct Item: Hashable, Sendable {
        let entry: VaultEntry
        let value: Range<Int>
    }

    /// The plain payload, with its padding.
    let secret: Secret
    private let index: VaultIndex

    /// Where in `secret` the seed of the identity lies, and the key that fingerprints are made with.
    static let identityRange = 2..<34
    static let guardRange = 34..<66

    /// Every entry, in order, made anew from the bytes each time.
    var items: [Item] { secret.withBytes { index.items($0) } }

    /// Names of the hosts that wrote, by their 16-byte ids (hexadecimal).
    var writers: [String: String] { secret.withBytes { index.writers($0) } }

    func find(_ key: CredentialKey, role: VaultEntry.Role = .current) -> Item? {
        secret.withBytes { index.find(key, role: role, $0) }
    }

    func identitySeed() -> Secret { secret.copy(Self.identityRange) }

    func identity() -> SigningKey { SigningKey(seed: identitySeed()) }
}

extension VaultPayload {
    /// Reads a decrypted payload: section 4 of FORMAT.md. Index, seeds and values stay in its guarded memory.
    ///
    /// - Parameter identity: the public key that the file names.
    static func read(_ padded: consuming Secret, identity: [UInt8]) throws(VaultFault) -> VaultPayload {
        guard let count = Padding.contentCount(of: padded) else { throw .damaged(.padding) }
        var reader = ByteReader(0..<count)
        let flags = try padded.withBytes { (bytes) throws(VaultFault) in try reader.integer(UInt16.self, bytes) }
        guard flags == 0 else { throw .newer(.payloadFlags) }
        let seed = padded.copy(try reader.take(identityRange.count))
        guard SigningKey(seed: seed).publicKey == identity else { throw .damaged(.identity) }
        _ = try reader.take(guardRange.count)
        let index = try padded.withBytes { (bytes) throws(VaultFault) in
            let length = Int(try reader.integer(UInt32.self, bytes))
            guard length <= VaultIndex.longest else { throw .damaged(.indexLength) }
            return try VaultIndex(bytes, at: try reader.take(length), valuesEnd: count)
        }
        return VaultPayload(secret: padded, index: index)
    }
}

/// ISO/IEC 7816-4 padding: one 0x80, then zeros up to a multiple of the block.
enum Padding {
    static let block = 1024

    static func paddedCount(_ count: Int) -> Int { (count / block + 1) * block }

    static func padded(_ content: borrowing Secret) -> Secret {
        var padding = [UInt8](repeating: 0, count: paddedCount(content.count) - content.count)
        padding[0] = 0x80
        return Secret.joining(content, Secret(copying: padding))
    }

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
