import CSodium

/// Making keys from keys, from key files and from passphrases.
package enum KeyDerivation {
    /// A subkey of 32 bytes (`crypto_kdf`).
    ///
    /// - Parameter context: exactly eight ASCII characters.
    package static func subkey(_ id: UInt64, of key: borrowing Secret, context: StaticString) -> Secret {
        precondition(key.count == 32 && context.utf8CodeUnitCount == 8)
        return unsafe Secret(count: 32) { room in
            unsafe key.withUnsafeBytes { key in
                unsafe context.utf8Start.withMemoryRebound(to: CChar.self, capacity: 8) { context in
                    _ = unsafe crypto_kdf_derive_from_key(room, 32, id, context, key)
                }
            }
        }
    }

    /// A seed of 32 bytes from a secret that is random already: BLAKE2b-256 of `label`, `salt` and the secret.
    package static func seed(from secret: borrowing Secret, label: String, salt: [UInt8]) -> Secret {
        Sodium.ready
        let prefix = Secret(copying: Array(label.utf8) + salt)
        let input = Secret.joining(prefix, secret)
        return unsafe Secret(count: 32) { room in
            unsafe input.withUnsafeBytes { bytes in
                _ = unsafe crypto_generichash(room, 32, bytes, UInt64(input.count), nil, 0)
            }
        }
    }

    /// A seed of 32 bytes from a passphrase (Argon2id, version 1.3). Nil when there is not enough memory for it.
    ///
    /// - Parameter salt: 16 bytes.
    package static func seed(passphrase: borrowing Secret, salt: [UInt8], cost: PassphraseCost) -> Secret? {
        precondition(salt.count == 16)
        var isDone = false
        let seed = unsafe Secret(count: 32) { room in
            unsafe passphrase.withUnsafeBytes { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self, capacity: passphrase.count) { bytes in
                    isDone =
                        unsafe crypto_pwhash(
                            room, 32, bytes, UInt64(passphrase.count), salt,
                            UInt64(cost.operations), Int(cost.memory), crypto_pwhash_alg_argon2id13()
                        ) == 0
                }
            }
        }
        guard isDone else { return nil }
        return seed
    }
}

/// What one attempt at a passphrase costs.
package struct PassphraseCost: Hashable, Sendable {
    /// Passes over the memory.
    package let operations: UInt32
    /// In bytes.
    package let memory: UInt64

    package init(operations: UInt32, memory: UInt64) {
        self.operations = operations
        self.memory = memory
    }

    /// libsodium's MODERATE: 3 passes over 256 MiB.
    package static let moderate = PassphraseCost(operations: 3, memory: 256 << 20)
    /// libsodium's INTERACTIVE: 2 passes over 64 MiB.
    package static let interactive = PassphraseCost(operations: 2, memory: 64 << 20)
    /// libsodium's SENSITIVE: 4 passes over 1 GiB.
    package static let sensitive = PassphraseCost(operations: 4, memory: 1 << 30)
    /// libsodium's MINIMUM for Argon2id: 1 pass over 8 KiB. For tests alone.
    package static let least = PassphraseCost(operations: 1, memory: 8 << 10)
}
