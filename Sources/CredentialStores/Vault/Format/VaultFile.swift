import Secrets

/// A vault as it lies on disk: header, nonce, encrypted payload, signature.
struct VaultFile: Sendable {
    let header: VaultHeader
    let bytes: [UInt8]
    private let frame: VaultFrame

    /// The most a payload may hold in the clear, padding included, in bytes.
    static let largestPayload = 16 << 20
    /// The most bytes that any vault has.
    static let largest =
        VaultFrame.longestHeader + PayloadCipher.nonceCount + 4 + largestPayload + PayloadCipher.overhead
        + SigningKey.signatureCount
    private static let domain = Array("qbitvault file v1\n".utf8)

    /// In bytes.
    var size: Int { bytes.count }

    /// Reads a file. Nothing in it is believed before its signature is found to be sound.
    init(_ file: [UInt8]) throws(VaultFault) {
        guard file.count <= Self.largest else { throw .damaged(.size) }
        let frame = try VaultFrame(file.span)
        let message = Self.message(file[frame.signed])
        guard SigningKey.isSound(Array(file[frame.signature]), of: message, by: Array(file[frame.identity])) else {
            throw .damaged(.signature)
        }
        var header = try VaultHeader(file.span, at: frame.body)
        header.mark = PublicBytes.digest(of: Array(file[frame.signature]), count: 16).hex
        self.header = header
        bytes = file
        self.frame = frame
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
        return file + identity.sign(message(file[...]))
    }

    /// The payload in the clear, padding included.
    func decrypt(with dataKey: borrowing Secret) throws(VaultFault) -> Secret {
        let key = Self.payloadKey(of: dataKey)
        let nonce = Array(bytes[frame.nonce])
        switch PayloadCipher.decrypt(bytes[frame.payload], key: key, nonce: nonce, beside: Array(bytes[frame.header])) {
        case let secret?: return secret
        case nil: throw .damaged(.payload)
        }
    }

    /// What is signed of a file: with a name before it, so that no signature means two things.
    private static func message(_ signed: ArraySlice<UInt8>) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(domain.count + signed.count)
        message += domain
        message += signed
        return message
    }

    private static func payloadKey(of dataKey: borrowing Secret) -> Secret {
        KeyDerivation.subkey(1, of: dataKey, context: "qbvault1")
    }
}
