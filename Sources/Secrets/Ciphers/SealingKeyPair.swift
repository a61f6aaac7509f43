import CSodium

/// An X25519 key pair: anybody seals to its public half, its holder opens.
package struct SealingKeyPair: ~Copyable, Sendable {
    package static let publicKeyCount = 32
    /// How many bytes sealing adds (`crypto_box_SEALBYTES`: a throw-away public key and a tag).
    package static let overhead = 48

    package let publicKey: [UInt8]
    private let privateKey: Secret

    /// The pair that follows from a seed of 32 bytes (`crypto_box_seed_keypair`).
    package init(seed: borrowing Secret) {
        precondition(seed.count == 32)
        var publicKey = [UInt8](repeating: 0, count: Self.publicKeyCount)
        privateKey = unsafe Secret(count: 32) { room in
            unsafe seed.withUnsafeBytes { seed in _ = unsafe crypto_box_seed_keypair(&publicKey, room, seed) }
        }
        self.publicKey = publicKey
    }

    /// Whether something can be sealed to these 32 bytes: they are a point's one encoding, and its order is not low.
    ///
    /// All points of low order that are left among the reduced ones stand here (RFC 7748, section 5, has the curve).
    package static func canSeal(to publicKey: [UInt8]) -> Bool {
        guard publicKey.count == publicKeyCount, publicKey.reversed().lexicographicallyPrecedes(prime.reversed()) else {
            return false
        }
        return !lowOrder.contains(publicKey)
    }

    /// 2^255 - 19, little-endian.
    private static let prime: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    private static let lowOrder: Set<[UInt8]> = [
        [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31), [0xec] + prime.dropFirst(),
        [UInt8](hex: "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800") ?? [],
        [UInt8](hex: "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157") ?? [],
    ]

    /// Seals `secret` so that only the holder of the private half reads it (`crypto_box_seal`).
    package static func seal(_ secret: borrowing Secret, to publicKey: [UInt8]) -> [UInt8] {
        precondition(publicKey.count == publicKeyCount)
        Sodium.ready
        var sealed = [UInt8](repeating: 0, count: secret.count + overhead)
        let done = unsafe secret.withUnsafeBytes { bytes in
            unsafe crypto_box_seal(&sealed, bytes, UInt64(secret.count), publicKey)
        }
        precondition(done == 0, "a public key that no seed leads to")
        return sealed
    }

    /// What was sealed, or nil when it was sealed to somebody else or changed.
    package borrowing func open(_ sealed: [UInt8]) -> Secret? {
        guard sealed.count >= Self.overhead else { return nil }
        var isOpen = false
        let opened = unsafe Secret(count: sealed.count - Self.overhead) { room in
            unsafe privateKey.withUnsafeBytes { key in
                isOpen = unsafe crypto_box_seal_open(room, sealed, UInt64(sealed.count), publicKey, key) == 0
            }
        }
        guard isOpen else { return nil }
        return opened
    }
}
