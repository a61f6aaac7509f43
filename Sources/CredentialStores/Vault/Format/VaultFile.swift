import Secrets

/// A vault as it lies on disk: header, nonce, encrypted payload, signature.
struct VaultFile: Sendable {
    let header: VaultHeader
    /// The header's bytes as they stand, which the payload is bound to.
    let headerBytes: [UInt8]
    let nonce: [UInt8]
    let payload: [UInt8]
    /// In bytes.
    let size: Int

    /// The most a payload may hold in the clear, padding included, in bytes.
    static let largestPayload = 16 << 20
    static let largest = VaultHeader.longest + largestPayload + 1024
    private static let domain = Array("qbitvault file v1\n".utf8)

    /// Reads a file. Nothing in it is believed before its signature is found to be sound.
    init(_ file: [UInt8]) throws(VaultFault) {
        let (header, count) = try VaultHeader.read(from: file)
        var reader = ByteReader(file[count...])
        nonce = Array(try reader.take(PayloadCipher.nonceCount, "the nonce"))
        let length = Int(try reader.integer(UInt32.self, "the payload length"))
        guard length <= Self.largestPayload + PayloadCipher.overhead else { throw .damaged("payload length") }
        payload = Array(try reader.take(length, "the payload"))
        let signed = Array(file[..<reader.position])
        let signature = Array(try reader.take(SigningKey.signatureCount, "the signature"))
        guard reader.isAtEnd else { throw .damaged("bytes after the signature") }
        guard SigningKey.isSound(signature, of: Self.domain + signed, by: header.identity) else {
            throw .damaged("signature")
        }
        self.header = header
        size = file.count
        headerBytes = Array(file[..<count])
    }

    /// The bytes of a new file.
    static func encode(
        header: VaultHeader, payload: borrowing Secret, dataKey: borrowing Secret, identity: borrowing SigningKey
    ) -> [UInt8] {
        let head = header.encoded
        let nonce = PublicBytes.random(count: PayloadCipher.nonceCount)
        let key = payloadKey(of: dataKey)
        let encrypted = PayloadCipher.encrypt(payload, key: key, nonce: nonce, beside: head)
        var file = head + nonce
        file.append(littleEndian: UInt32(encrypted.count))
        file += encrypted
        return file + identity.sign(domain + file)
    }

    /// The payload in the clear, padding included.
    func decrypt(with dataKey: borrowing Secret) throws(VaultFault) -> Secret {
        let key = Self.payloadKey(of: dataKey)
        switch PayloadCipher.decrypt(payload, key: key, nonce: nonce, beside: headerBytes) {
        case let secret?: return secret
        case nil: throw .damaged("payload")
        }
    }

    private static func payloadKey(of dataKey: borrowing Secret) -> Secret {
        KeyDerivation.subkey(1, of: dataKey, context: "qbvault1")
    }
}
