package import Secrets

/// One way into a vault: a public key that the data key is sealed to.
package struct Slot: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case passphrase(PassphraseCost)
        case keyFile
        case host
        case recovery

        /// Whether trying it takes memory and time by design.
        package var isPassphrase: Bool {
            if case .passphrase = self { true } else { false }
        }

        /// Whether a person can type what opens it.
        var isTyped: Bool { isPassphrase || self == .recovery }
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
    /// Whether it is called that: by bytes, as the format compares names, since letters that look the same need not be.
    package func isCalled(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }

    /// The same slot under a name that none of `taken` is. What is sealed must be sealed anew, because the name is in it.
    func named(apartFrom taken: [String]) -> Slot {
        var next = name
        var count = 2
        while taken.contains(where: { $0.utf8.elementsEqual(next.utf8) }) {
            next = String(name.unicodeScalars.prefix(12)) + " \(count)"
            count += 1
        }
        return Slot(id: id, kind: kind, name: next, created: created, publicKey: publicKey, sealed: sealed)
    }

    init(from reader: inout ByteReader, _ bytes: borrowing Span<UInt8>) throws(VaultFault) {
        id = bytes.array(try reader.take(Self.idCount))
        let code = try reader.integer(UInt8.self, bytes)
        guard (1...4).contains(code) else { throw .newer(.slotKind) }
        guard try reader.integer(UInt8.self, bytes) == 0 else { throw .newer(.slotFlags) }
        created = try reader.date(bytes)
        name = bytes.text(try reader.label(bytes, limit: Self.longestName))
        kind =
            switch code {
            case 1: .passphrase(try PassphraseCost(from: &reader, bytes))
            case 2: .keyFile
            case 3: .host
            default: .recovery
            }
        publicKey = bytes.array(try reader.take(SealingKeyPair.publicKeyCount))
        guard SealingKeyPair.canSeal(to: publicKey) else { throw .damaged(.publicKey) }
        sealed = bytes.array(try reader.take(Self.insideCount + SealingKeyPair.overhead))
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

    fileprivate init(from reader: inout ByteReader, _ bytes: borrowing Span<UInt8>) throws(VaultFault) {
        let operations = try reader.integer(UInt32.self, bytes)
        guard (1...Self.mostOperations).contains(operations) else { throw .damaged(.cost) }
        let memory = UInt64(try reader.integer(UInt32.self, bytes)) << 10
        guard (8 << 10...Self.mostMemory).contains(memory), UInt64(operations) * memory <= Self.mostProduct else {
            throw .damaged(.cost)
        }
        self.init(operations: operations, memory: memory)
    }

    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.append(littleEndian: operations)
        bytes.append(littleEndian: UInt32(memory >> 10))
    }
}
