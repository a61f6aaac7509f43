import CSodium

/// An Ed25519 key that signs; its public half says who did.
package struct SigningKey: ~Copyable, Sendable {
    package static let publicKeyCount = 32
    package static let signatureCount = 64
    package static let seedCount = 32

    package let publicKey: [UInt8]
    private let privateKey: Secret

    /// The key that follows from a seed of 32 bytes (`crypto_sign_seed_keypair`).
    package init(seed: borrowing Secret) {
        precondition(seed.count == Self.seedCount)
        var publicKey = [UInt8](repeating: 0, count: Self.publicKeyCount)
        privateKey = unsafe Secret(count: 64) { room in
            unsafe seed.withUnsafeBytes { seed in _ = unsafe crypto_sign_seed_keypair(&publicKey, room, seed) }
        }
        self.publicKey = publicKey
    }

    package borrowing func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Self.signatureCount)
        unsafe privateKey.withUnsafeBytes { key in
            _ = unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), key)
        }
        return signature
    }

    package static func isSound(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureCount, publicKey.count == publicKeyCount else { return false }
        Sodium.ready
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }
}
