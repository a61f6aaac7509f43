import Secrets
import TestSupport
import Testing

@Suite final class SealingKeyPairTests {
    private let pair = SealingKeyPair(seed: Secret.random(count: 32))

    @Test(arguments: [0, 1, 96, 5000]) func whatIsSealedIsOpenedByItsHolder(count: Int) {
        let bytes = PublicBytes.random(count: count)
        let sealed = SealingKeyPair.seal(Secret(copying: bytes), to: pair.publicKey)
        #expect(sealed.count == count + SealingKeyPair.overhead)
        #expect(open(sealed) == bytes)
    }

    @Test func nobodyElseOpensIt() {
        let other = SealingKeyPair(seed: Secret.random(count: 32))
        #expect(open(SealingKeyPair.seal(Secret.random(count: 8), to: other.publicKey)) == nil)
    }

    @Test func everyFlippedByteIsNoticed() {
        let sealed = SealingKeyPair.seal(Secret.random(count: 8), to: pair.publicKey)
        for index in sealed.indices { #expect(open(sealed.flipped(at: index)) == nil, "byte \(index)") }
        for count in 0..<sealed.count { #expect(open(Array(sealed.prefix(count))) == nil, "\(count) bytes") }
    }

    @Test func theSameIsSealedDifferentlyEachTime() {
        let first = SealingKeyPair.seal(Secret(copying: [1, 2]), to: pair.publicKey)
        #expect(first != SealingKeyPair.seal(Secret(copying: [1, 2]), to: pair.publicKey))
    }

    /// Key pair and box are libsodium's, as others know them.
    @Test func anotherProgramOpensIt() async throws {
        let seed = PublicBytes.random(count: 32)
        let bytes = PublicBytes.random(count: 40)
        let pair = SealingKeyPair(seed: Secret(copying: seed))
        let sealed = SealingKeyPair.seal(Secret(copying: bytes), to: pair.publicKey)
        let answers = try await Python.bytes(
            "sodium.crypto_box_seed_keypair(\(seed.python))[0]",
            "sodium.crypto_box_seal_open(\(sealed.python), *sodium.crypto_box_seed_keypair(\(seed.python)))"
        )
        #expect(answers == [pair.publicKey, bytes])
    }

    private func open(_ sealed: [UInt8]) -> [UInt8]? {
        switch pair.open(sealed) {
        case let opened?: opened.bytes
        case nil: nil
        }
    }
}
