import Secrets
import Testing

@Suite final class SigningKeyTests {
    private let key = SigningKey(seed: Secret.random(count: SigningKey.seedCount))
    private let message = PublicBytes.random(count: 50)

    @Test func aSignatureIsSound() {
        #expect(SigningKey.isSound(key.sign(message), of: message, by: key.publicKey))
        #expect(SigningKey.isSound(key.sign([]), of: [], by: key.publicKey))
    }

    @Test func itIsNobodyElses() {
        let other = SigningKey(seed: Secret.random(count: SigningKey.seedCount))
        #expect(SigningKey.isSound(key.sign(message), of: message, by: other.publicKey) == false)
    }

    @Test func everyFlippedByteIsNoticed() {
        let signature = key.sign(message)
        for index in signature.indices {
            #expect(SigningKey.isSound(signature.flipped(at: index), of: message, by: key.publicKey) == false)
        }
        for index in message.indices {
            #expect(SigningKey.isSound(signature, of: message.flipped(at: index), by: key.publicKey) == false)
        }
        for index in key.publicKey.indices {
            #expect(SigningKey.isSound(signature, of: message, by: key.publicKey.flipped(at: index)) == false)
        }
    }

    @Test func partsOfAnotherLengthAreNotSound() {
        let signature = key.sign(message)
        #expect(SigningKey.isSound(signature.dropLast(), of: message, by: key.publicKey) == false)
        #expect(SigningKey.isSound(signature + [0], of: message, by: key.publicKey) == false)
        #expect(SigningKey.isSound(signature, of: message, by: key.publicKey.dropLast()) == false)
        #expect(SigningKey.isSound([], of: message, by: []) == false)
    }

    /// Ed25519 of a seed is one thing everywhere, and has no chance in it.
    @Test func anotherProgramSignsTheSame() async throws {
        let seed = PublicBytes.random(count: SigningKey.seedCount)
        let key = SigningKey(seed: Secret(copying: seed))
        let pair = "sodium.crypto_sign_seed_keypair(\(seed.python))"
        let answers = try await Python.bytes(
            "\(pair)[0]", "sodium.crypto_sign(\(message.python), \(pair)[1])"
        )
        #expect(answers == [key.publicKey, key.sign(message) + message])
    }
}
