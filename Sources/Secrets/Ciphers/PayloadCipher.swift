import CSodium

/// XChaCha20-Poly1305: encrypts a secret and binds it to bytes that stand beside it in the clear.
package enum PayloadCipher {
    package static let keyCount = 32
    package static let nonceCount = 24
    /// How many bytes the tag adds.
    package static let overhead = 16

    package static func encrypt(
        _ secret: borrowing Secret, key: borrowing Secret, nonce: [UInt8], beside associated: [UInt8]
    ) -> [UInt8] {
        precondition(key.count == keyCount && nonce.count == nonceCount)
        var encrypted = [UInt8](repeating: 0, count: secret.count + overhead)
        unsafe secret.withUnsafeBytes { bytes in
            unsafe key.withUnsafeBytes { key in
                _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                    &encrypted, nil, bytes, UInt64(secret.count), associated, UInt64(associated.count), nil, nonce, key
                )
            }
        }
        return encrypted
    }

    /// Nil when the key is another one, or any byte of either part was changed.
    package static func decrypt(
        _ encrypted: ArraySlice<UInt8>, key: borrowing Secret, nonce: [UInt8], beside associated: [UInt8]
    ) -> Secret? {
        precondition(key.count == keyCount && nonce.count == nonceCount)
        guard encrypted.count >= overhead else { return nil }
        var isSound = false
        let secret = unsafe Secret(count: encrypted.count - overhead) { room in
            unsafe key.withUnsafeBytes { key in
                unsafe encrypted.withUnsafeBufferPointer { encrypted in
                    guard let start = encrypted.baseAddress else { return }
                    isSound =
                        unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                            room, nil, nil, start, UInt64(encrypted.count), associated,
                            UInt64(associated.count), nonce, key
                        ) == 0
                }
            }
        }
        guard isSound else { return nil }
        return secret
    }
}
