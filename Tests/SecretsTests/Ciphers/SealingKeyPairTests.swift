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

    /// What `canSeal` refuses, libsodium's own multiplication refuses, but for what is merely not reduced.
    @Test func toPointsOfLowOrderNothingCanBeSealed() async throws {
        #expect(SealingKeyPair.canSeal(to: pair.publicKey))
        #expect(SealingKeyPair.canSeal(to: [9] + [UInt8](repeating: 0, count: 31)))
        #expect(!SealingKeyPair.canSeal(to: Array(pair.publicKey.dropLast())))
        #expect(!SealingKeyPair.canSeal(to: pair.publicKey.dropLast() + [pair.publicKey[31] | 0x80]))
        let low = try await Python.bytes(
            "bytes(32)", "(1).to_bytes(32, 'little')", "(2**255 - 20).to_bytes(32, 'little')",
            "bytes.fromhex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800')",
            "bytes.fromhex('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157')",
            "(2**255 - 19).to_bytes(32, 'little')", "(2**255 - 18).to_bytes(32, 'little')"
        )
        for point in low {
            #expect(!SealingKeyPair.canSeal(to: point))
            let said = await #expect(throws: ToolFailure.self) {
                try await Python.bytes("sodium.crypto_scalarmult(bytes([7] * 32), \(point.python))")
            }
            #expect(said?.said.contains("RuntimeError") == true)
        }
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
