import Secrets
import TestSupport
import Testing

/// Keys come out as other implementations make them, so that a vault can be read without this program.
@Suite struct KeyDerivationTests {
    @Test func subkeys() async throws {
        let key = PublicBytes.random(count: 32)
        let expected = try await Python.bytes(
            subkey(of: key, id: 1, context: "qbvault1"), subkey(of: key, id: .max, context: "otherone")
        )
        let first = KeyDerivation.subkey(1, of: Secret(copying: key), context: "qbvault1")
        #expect(first.bytes == expected[0])
        let last = KeyDerivation.subkey(.max, of: Secret(copying: key), context: "otherone")
        #expect(last.bytes == expected[1])
    }

    private func subkey(of key: [UInt8], id: UInt64, context: String) -> String {
        """
        hashlib.blake2b(
            key=\(key.python), salt=(\(id)).to_bytes(8, 'little'), person=b'\(context)', digest_size=32
        ).digest()
        """
    }

    @Test func seedsFromWhatIsRandomAlready() async throws {
        let secret = PublicBytes.random(count: 32)
        let salt = PublicBytes.random(count: 16)
        let expected = try await Python.bytes(
            "hashlib.blake2b(b'a label\\n' + \(salt.python) + \(secret.python), digest_size=32).digest()"
        )
        let seed = KeyDerivation.seed(from: Secret(copying: secret), label: "a label\n", salt: salt)
        #expect(seed.bytes == expected[0])
    }

    @Test(arguments: [
        PassphraseCost.least, PassphraseCost(operations: 3, memory: 1 << 20),
        PassphraseCost(operations: 2, memory: 64 << 20),
    ])
    func seedsFromPassphrases(cost: PassphraseCost) async throws {
        let salt = PublicBytes.random(count: 16)
        let long = PublicBytes.random(count: 1000)
        for phrase in [Array("schön, & 🗝".utf8), [], long] {
            let expected = try await Python.bytes(
                """
                sodium.crypto_pwhash_alg(
                    32, \(phrase.python), \(salt.python), \(cost.operations), \(cost.memory),
                    sodium.crypto_pwhash_ALG_ARGON2ID13
                )
                """
            )
            #expect(seed(phrase, salt, cost) == expected[0])
        }
    }

    @Test func aCostThatNobodyCanPayIsNil() {
        #expect(seed([1], PublicBytes.random(count: 16), PassphraseCost(operations: 1, memory: 1 << 50)) == nil)
    }

    private func seed(_ phrase: [UInt8], _ salt: [UInt8], _ cost: PassphraseCost) -> [UInt8]? {
        switch KeyDerivation.seed(passphrase: Secret(copying: phrase), salt: salt, cost: cost) {
        case let seed?: seed.bytes
        case nil: nil
        }
    }

    @Test func fingerprintsAndDigests() async throws {
        let key = PublicBytes.random(count: 32)
        let message = PublicBytes.random(count: 100)
        let expected = try await Python.bytes(
            "hashlib.blake2b(\(message.python), key=\(key.python), digest_size=16).digest()",
            "hashlib.blake2b(\(message.python), digest_size=64).digest()"
        )
        let fingerprint = Secret(copying: message).fingerprint(keyedBy: Secret(copying: key), count: 16)
        #expect([fingerprint, PublicBytes.digest(of: message, count: 64)] == expected)
    }
}
