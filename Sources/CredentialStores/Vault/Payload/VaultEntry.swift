import Secrets

/// What the payload says about one value; the value itself stays in the payload's own guarded memory.
struct VaultEntry: Hashable, Sendable {
    /// The part a value plays while it is being changed.
    enum Role: UInt8, CaseIterable, Sendable {
        case current, pending, sent, previous, abandoned
    }

    let key: CredentialKey
    let role: Role
    /// Seconds since 1970.
    let created: UInt64
    let changed: UInt64
    /// The 16-byte id (hexadecimal) of the host that changed it last.
    let changedBy: String
    /// The origins it may be sent to.
    let origins: [String]
    /// What later programs may note, by the bytes of its label; kept as it is by this one.
    let attributes: [[UInt8]: [UInt8]]

    static let longestServer = 128
    static let longestName = CredentialName.longest
    static let writerCount = 16
    static let longestOrigin = 2048
    static let mostOrigins = 255
    static let longestAttribute = 64

    init(
        key: CredentialKey, role: Role, created: UInt64, changed: UInt64, changedBy: String, origins: [String],
        attributes: [[UInt8]: [UInt8]]
    ) {
        self.key = key
        self.role = role
        self.created = created
        self.changed = changed
        self.changedBy = changedBy
        // One that is given twice is meant once, and the format has no other way. The same is what has the same bytes.
        var seen: Set<[UInt8]> = []
        self.origins = origins.filter { seen.insert(Array($0.utf8)).inserted }
        self.attributes = attributes
    }

    /// Whether the format can hold it.
    var fits: Bool {
        key.server.isPlain(longest: Self.longestServer) && origins.count <= Self.mostOrigins
            && origins.allSatisfy { $0.isPlain(longest: Self.longestOrigin) }
    }

    /// Entries stand in the order of these bytes: server, zero, name, zero, role.
    var order: [UInt8] { Self.order(key, role) }

    static func order(_ key: CredentialKey, _ role: Role) -> [UInt8] {
        key.server.utf8 + [0] + key.name.description.utf8 + [0, role.rawValue]
    }
}

extension VaultEntry {
    /// An entry of an index that is being or was checked.
    init(_ layout: EntryLayout, _ bytes: borrowing Span<UInt8>) throws(VaultFault) {
        guard let name = CredentialName(bytes.text(layout.name)) else { throw .damaged(.label) }
        var reader = ByteReader(layout.origins)
        var origins: [String] = []
        while !reader.isAtEnd { origins.append(bytes.text(try reader.origin(bytes))) }
        reader = ByteReader(layout.attributes)
        var attributes: [[UInt8]: [UInt8]] = [:]
        while !reader.isAtEnd {
            let attribute = try reader.attribute(bytes)
            attributes[bytes.array(attribute.label)] = bytes.array(attribute.value)
        }
        self.init(
            key: CredentialKey(server: bytes.text(layout.server), name: name), role: layout.role,
            created: layout.created, changed: layout.changed, changedBy: bytes.array(layout.writer).hex,
            origins: origins, attributes: attributes
        )
    }

    func encode(into bytes: inout [UInt8]) {
        bytes.append(role.rawValue)
        bytes.append(label: key.server)
        bytes.append(label: key.name.description)
        bytes.append(littleEndian: created)
        bytes.append(littleEndian: changed)
        bytes.append(contentsOf: [UInt8](hex: changedBy) ?? [])
        bytes.append(UInt8(origins.count))
        for origin in origins {
            bytes.append(littleEndian: UInt16(origin.utf8.count))
            bytes.append(contentsOf: origin.utf8)
        }
        bytes.append(littleEndian: UInt16(attributes.count))
        for (key, value) in attributes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            bytes.append(UInt8(key.count))
            bytes.append(contentsOf: key)
            bytes.append(littleEndian: UInt16(value.count))
            bytes.append(contentsOf: value)
        }
    }
}

extension String {
    /// Text of at least one byte and at most `longest`, without control characters.
    fileprivate func isPlain(longest: Int) -> Bool {
        let bytes = Array(utf8)
        return (1...longest).contains(bytes.count) && bytes.span.isPlainText(bytes.indices)
    }
}
