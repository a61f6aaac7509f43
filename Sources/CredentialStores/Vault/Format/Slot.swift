package import Secrets

/// One way into a vault: a public key that the data key is sealed to.
package struct Slot: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case passphrase(PassphraseCost)
        case keyFile
        case host
        case recovery

        /// Whether trying it takes memory and time by design.
        var isCostly: Bool {
            if case .passphrase = self { true } else { false }
        }
    }

    /// 16 random bytes; also the salt of what the slot's seed is derived with.
    package let id: [UInt8]
    package let kind: Kind
    package let name: String
    /// Seconds since 1970.
    package let created: UInt64
    package let publicKey: [UInt8]
    /// The data key with vault id, slot id and a hash of all that stands before, sealed to `publicKey`.
    let sealed: [UInt8]

    static let most = 16
    static let longestName = 64
    static let idCount = 16
    /// Data key, vault id, slot id, hash.
    static let insideCount = 32 + 16 + 16 + 32
}

extension Slot {
    init(from reader: inout ByteReader) throws(VaultFault) {
        id = Array(try reader.take(Self.idCount, "a slot"))
        let kindCode = try reader.integer(UInt8.self, "a slot")
        guard try reader.integer(UInt8.self, "a slot") == 0 else { throw .newer("flags of a slot") }
        created = try reader.integer(UInt64.self, "a slot")
        name = try reader.label("a slot's name", limit: Self.longestName)
        kind =
            switch kindCode {
            case 1: .passphrase(try PassphraseCost(from: &reader))
            case 2: .keyFile
            case 3: .host
            case 4: .recovery
            default: throw .newer("kind of a slot")
            }
        publicKey = Array(try reader.take(SealingKeyPair.publicKeyCount, "a slot's public key"))
        sealed = Array(try reader.take(Self.insideCount + SealingKeyPair.overhead, "a slot's sealed key"))
    }

    /// The bytes before the sealed key, whose hash goes inside it.
    static func head(id: [UInt8], kind: Kind, name: String, created: UInt64, publicKey: [UInt8]) -> [UInt8] {
        var bytes = id
        bytes.append(kind.code)
        bytes.append(0)
        bytes.append(littleEndian: created)
        bytes.append(label: name)
        if case .passphrase(let cost) = kind { cost.encode(into: &bytes) }
        return bytes + publicKey
    }

    var head: [UInt8] { Self.head(id: id, kind: kind, name: name, created: created, publicKey: publicKey) }

    func encode(into bytes: inout [UInt8]) { bytes += head + sealed }
}

extension Slot.Kind {
    fileprivate var code: UInt8 {
        switch self {
        case .passphrase: 1
        case .keyFile: 2
        case .host: 3
        case .recovery: 4
        }
    }
}

extension PassphraseCost {
    /// No file may ask for more: 1 GiB, 8 passes, 4 GiB-passes.
    static let mostMemory: UInt64 = 1 << 30
    static let mostOperations: UInt32 = 8
    static let mostProduct: UInt64 = 4 << 30

    fileprivate init(from reader: inout ByteReader) throws(VaultFault) {
        let operations = try reader.integer(UInt32.self, "a slot's cost")
        let memory = UInt64(try reader.integer(UInt32.self, "a slot's cost")) << 10
        guard (1...Self.mostOperations).contains(operations), (8 << 10...Self.mostMemory).contains(memory),
            UInt64(operations) * memory <= Self.mostProduct
        else { throw .damaged("cost of a passphrase slot is out of bounds") }
        self.init(operations: operations, memory: memory)
    }

    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.append(littleEndian: operations)
        bytes.append(littleEndian: UInt32(memory >> 10))
    }
}
