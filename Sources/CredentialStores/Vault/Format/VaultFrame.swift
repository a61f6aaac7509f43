import Secrets

/// Where the parts of a vault's file lie: section 1 of FORMAT.md.
struct VaultFrame: Hashable, Sendable {
    /// Magic, version, flags, lengths and the header's body: what the payload is bound to.
    let header: Range<Int>
    let nonce: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    static let magic = Array("QBVAULT\n".utf8)
    static let version: UInt16 = 1
    /// Magic, version, flags, header length.
    static let fixedCount = 16
    /// More than 16 slots and 256 writers can ever need.
    static let longestHeader = 64 << 10

    init(_ file: borrowing Span<UInt8>) throws(VaultFault) {
        var reader = ByteReader(0..<file.count)
        guard file.array(try reader.take(Self.magic.count)) == Self.magic else { throw .damaged(.magic) }
        guard try reader.integer(UInt16.self, file) == Self.version else { throw .newer(.version) }
        guard try reader.integer(UInt16.self, file) == 0 else { throw .newer(.flags) }
        let count = Int(try reader.integer(UInt32.self, file))
        guard (Self.fixedCount...Self.longestHeader).contains(count) else { throw .damaged(.headerLength) }
        header = 0..<(try reader.take(count - Self.fixedCount).upperBound)
        nonce = try reader.take(PayloadCipher.nonceCount)
        let encrypted = Int(try reader.integer(UInt32.self, file))
        let padded = encrypted - PayloadCipher.overhead
        guard (1...VaultFile.largestPayload).contains(padded), padded.isMultiple(of: Padding.block) else {
            throw .damaged(.payloadLength)
        }
        payload = try reader.take(encrypted)
        signature = try reader.take(SigningKey.signatureCount)
        guard reader.isAtEnd else { throw .damaged(.trailing) }
        guard body.count >= Self.identityOffset + SigningKey.publicKeyCount else { throw .damaged(.truncated) }
    }

    var body: Range<Int> { Self.fixedCount..<header.upperBound }

    /// What is signed.
    var signed: Range<Int> { 0..<signature.lowerBound }

    /// The key to check the signature with, which the rest of the header is believed after.
    var identity: Range<Int> {
        let start = body.lowerBound + Self.identityOffset
        return start..<start + SigningKey.publicKeyCount
    }

    /// Behind the vault id.
    private static let identityOffset = 16
}
