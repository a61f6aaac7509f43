import Secrets

/// What stands in the clear at the start of a vault. All of it is signed, and bound to the payload.
struct VaultHeader: Hashable, Sendable {
    /// 16 random bytes, for the life of the vault.
    let vaultID: [UInt8]
    /// The Ed25519 public key that signs the file.
    let identity: [UInt8]
    let versions: VersionVector
    let slots: [Slot]

    static let magic = Array("QBVAULT\n".utf8)
    static let version: UInt16 = 1
    /// Magic, version, flags, header length.
    static let fixedCount = 16
    /// More than 16 slots and 256 writers can ever need.
    static let longest = 64 << 10
}

extension VaultHeader {
    /// Reads the header at the start of `file` and says how long it is.
    static func read(from file: [UInt8]) throws(VaultFault) -> (header: VaultHeader, count: Int) {
        var start = ByteReader(file[...])
        guard Array(try start.take(magic.count, "the magic")) == magic else { throw .damaged("not a vault") }
        guard try start.integer(UInt16.self, "the version") == version else { throw .newer("version") }
        guard try start.integer(UInt16.self, "the flags") == 0 else { throw .newer("flags") }
        let count = Int(try start.integer(UInt32.self, "the header length"))
        guard (fixedCount...longest).contains(count), count <= file.count else { throw .damaged("header length") }
        var reader = ByteReader(file[fixedCount..<count])
        let header = try VaultHeader(from: &reader)
        guard reader.isAtEnd else { throw .damaged("bytes after the last slot") }
        return (header, count)
    }

    private init(from reader: inout ByteReader) throws(VaultFault) {
        vaultID = Array(try reader.take(16, "the vault id"))
        identity = Array(try reader.take(SigningKey.publicKeyCount, "the identity"))
        versions = try VersionVector(from: &reader)
        let count = Int(try reader.integer(UInt16.self, "the number of slots"))
        guard (1...Slot.most).contains(count) else { throw .damaged("number of slots") }
        var slots: [Slot] = []
        for _ in 0..<count { slots.append(try Slot(from: &reader)) }
        guard Set(slots.map(\.id)).count == count else { throw .damaged("two slots with one id") }
        guard Set(slots.map(\.name)).count == count else { throw .damaged("two slots with one name") }
        self.slots = slots
    }

    var encoded: [UInt8] {
        var body = vaultID + identity
        versions.encode(into: &body)
        body.append(littleEndian: UInt16(slots.count))
        for slot in slots { slot.encode(into: &body) }
        var bytes = Self.magic
        bytes.append(littleEndian: Self.version)
        bytes.append(littleEndian: UInt16(0))
        bytes.append(littleEndian: UInt32(Self.fixedCount + body.count))
        return bytes + body
    }
}
