import Secrets
import SystemPackage

@testable import CredentialStores

/// Makes the parts of a vault that stand between a fuzzer and a parser: signature, encryption and seals.
enum Minter {
    static let vaultID = [UInt8](repeating: 7, count: 16)
    static let identitySeed = [UInt8](repeating: 3, count: SigningKey.seedCount)
    static let identity = signer().publicKey
    static let author = VaultAuthor(writer: [UInt8](repeating: 9, count: 16).hex, name: "fuzz", now: 1_700_000_000)
    static let domain = Array("qbitvault file v1\n".utf8)

    static func signer() -> SigningKey { SigningKey(seed: Secret(copying: identitySeed)) }

    static func dataKey() -> Secret { Secret(copying: [UInt8](repeating: 5, count: 32)) }

    static func key(for kind: Slot.Kind) -> VaultKey {
        let bytes = (0..<32).map { UInt8($0) }
        return switch kind {
        case .recovery: VaultKey(.recovery, Secret(copying: bytes.prefix(VaultKey.recoveryCount)))
        case .passphrase: VaultKey(.passphrase, Secret(copying: bytes))
        case .keyFile, .host: VaultKey(.keyFile("key"), Secret(copying: bytes))
        }
    }

    static func publicKey(of key: borrowing VaultKey, for slot: Slot) -> [UInt8] {
        switch try? key.seed(forSlot: slot.id, kind: slot.kind) {
        case let seed?: return SealingKeyPair(seed: seed).publicKey
        case nil: fatalError("a key for a slot of its own kind")
        }
    }

    /// A file around the body of a header, whose identity becomes the minter's. The payload is none that opens.
    static func file(headerBody: [UInt8]) -> [UInt8] {
        var body = headerBody
        if body.count >= vaultID.count + identity.count {
            body.replaceSubrange(vaultID.count..<vaultID.count + identity.count, with: identity)
        }
        var file = VaultFrame.magic
        file.append(littleEndian: VaultFrame.version)
        file.append(littleEndian: UInt16(0))
        file.append(littleEndian: UInt32(VaultFrame.fixedCount + body.count))
        file += body
        file += [UInt8](repeating: 0, count: PayloadCipher.nonceCount)
        let encrypted = Padding.block + PayloadCipher.overhead
        file.append(littleEndian: UInt32(encrypted))
        file += [UInt8](repeating: 0, count: encrypted)
        return file + signer().sign(domain + file)
    }
}
