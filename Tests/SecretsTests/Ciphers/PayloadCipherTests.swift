import Secrets
import TestSupport
import Testing

@Suite struct PayloadCipherTests {
    private let key = PublicBytes.random(count: PayloadCipher.keyCount)
    private let nonce = PublicBytes.random(count: PayloadCipher.nonceCount)
    private let beside = PublicBytes.random(count: 20)

    @Test(arguments: [0, 1, 1024, 100_000]) func itComesBack(count: Int) {
        let bytes = PublicBytes.random(count: count)
        let encrypted = encrypt(bytes)
        #expect(encrypted.count == count + PayloadCipher.overhead)
        #expect(decrypt(encrypted, key, nonce, beside) == bytes)
    }

    @Test func everythingElseIsRefused() {
        let encrypted = encrypt([1, 2, 3])
        #expect(decrypt(encrypted, PublicBytes.random(count: 32), nonce, beside) == nil)
        for index in key.indices { #expect(decrypt(encrypted, key.flipped(at: index), nonce, beside) == nil) }
        for index in nonce.indices { #expect(decrypt(encrypted, key, nonce.flipped(at: index), beside) == nil) }
        for index in beside.indices { #expect(decrypt(encrypted, key, nonce, beside.flipped(at: index)) == nil) }
        #expect(decrypt(encrypted, key, nonce, []) == nil)
        #expect(decrypt(encrypted, key, nonce, beside + [0]) == nil)
        for index in encrypted.indices { #expect(decrypt(encrypted.flipped(at: index), key, nonce, beside) == nil) }
        for count in encrypted.indices { #expect(decrypt(Array(encrypted.prefix(count)), key, nonce, beside) == nil) }
    }

    @Test func anotherProgramEncryptsTheSame() async throws {
        let bytes = PublicBytes.random(count: 300)
        let expected = try await Python.bytes(
            """
            sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
                \(bytes.python), \(beside.python), \(nonce.python), \(key.python)
            )
            """
        )
        #expect(encrypt(bytes) == expected[0])
    }

    private func encrypt(_ bytes: [UInt8]) -> [UInt8] {
        PayloadCipher.encrypt(Secret(copying: bytes), key: Secret(copying: key), nonce: nonce, beside: beside)
    }

    private func decrypt(
        _ encrypted: [UInt8], _ key: [UInt8], _ nonce: [UInt8], _ beside: [UInt8]
    ) -> [UInt8]? {
        switch PayloadCipher.decrypt(encrypted[...], key: Secret(copying: key), nonce: nonce, beside: beside) {
        case let secret?: secret.bytes
        case nil: nil
        }
    }
}
