import Secrets

/// What stands in the clear at the start of a vault. All of it is signed, and bound to the payload.
struct VaultHeader: Hashable, Sendable {
    /// 16 random bytes, for the life of the vault.
    let vaultID: [UInt8]
    /// The Ed25519 public key that signs the file.
    let identity: [UInt8]
    let versions: VersionVector
    let slots: [Slot]
    /// Which file it was read from: 16 bytes of a hash of the signature, in hexadecimal. Nil for one that is yet to be
    /// written. Of two files with one vector only one can be the right one.
    var mark: String?
}

extension VaultHeader {
    /// Reads the header's body: section 2 of FORMAT.md.
    init(_ bytes: borrowing Span<UInt8>, at range: Range<Int>) throws(VaultFault) {
        var reader = ByteReader(range)
        vaultID = bytes.array(try reader.take(16))
        identity = bytes.array(try reader.take(SigningKey.publicKeyCount))
        versions = try VersionVector(from: &reader, bytes)
        let count = Int(try reader.integer(UInt16.self, bytes))
        guard (1...Slot.most).contains(count) else { throw .damaged(.slots) }
        var slots: [Slot] = []
        for _ in 0..<count {
            let slot = try Slot(from: &reader, bytes)
            // As bytes: to Swift, texts that only look the same are equal.
            guard !slots.contains(where: { $0.id == slot.id || $0.name.utf8.elementsEqual(slot.name.utf8) }) else {
                throw .damaged(.slots)
            }
            slots.append(slot)
        }
        guard reader.isAtEnd else { throw .damaged(.trailing) }
        self.slots = slots
    }

    var encoded: [UInt8] {
        var body = vaultID + identity
        versions.encode(into: &body)
        body.append(littleEndian: UInt16(slots.count))
        for slot in slots { slot.encode(into: &body) }
        var bytes = VaultFrame.magic
        bytes.append(littleEndian: VaultFrame.version)
        bytes.append(littleEndian: UInt16(0))
        bytes.append(littleEndian: UInt32(VaultFrame.fixedCount + body.count))
        return bytes + body
    }
}
