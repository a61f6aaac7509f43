import Secrets

/// What the payload says about one value; the value itself stays in the payload's own guarded memory.
struct VaultEntry: Hashable, Sendable {
    /// The part a value plays while it is being changed.
    enum Role: UInt8, Sendable {
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
    /// What later programs may note; kept as it is by this one.
    let attributes: [String: [UInt8]]

    static let longestServer = 128
    static let longestOrigin = 2048
    static let mostOrigins = 255

    /// Whether the format can hold it.
    var fits: Bool {
        (1...Self.longestServer).contains(key.server.utf8.count) && origins.count <= Self.mostOrigins
            && origins.allSatisfy { (1...Self.longestOrigin).contains($0.utf8.count) }
    }

    /// Entries stand in the order of these bytes: server, zero, name, zero, role.
    var order: [UInt8] { key.server.utf8 + [0] + key.name.description.utf8 + [0, role.rawValue] }
}

extension VaultEntry {
    init(from reader: inout ByteReader) throws(VaultFault) {
        guard let role = Role(rawValue: try reader.integer(UInt8.self, "an entry")) else { throw .newer("role") }
        let server = try reader.label("an entry's server", limit: Self.longestServer)
        guard let name = CredentialName(try reader.label("an entry's name", limit: 128)) else {
            throw .damaged("name of an entry")
        }
        self.role = role
        key = CredentialKey(server: server, name: name)
        created = try reader.integer(UInt64.self, "an entry")
        changed = try reader.integer(UInt64.self, "an entry")
        changedBy = try reader.take(16, "an entry").hex
        var origins: [String] = []
        for _ in 0..<(try reader.integer(UInt8.self, "an entry")) {
            let count = Int(try reader.integer(UInt16.self, "an origin"))
            guard (1...Self.longestOrigin).contains(count) else { throw .damaged("length of an origin") }
            origins.append(try reader.text(try reader.take(count, "an origin"), "an origin"))
        }
        self.origins = origins
        var attributes: [String: [UInt8]] = [:]
        var last = ""
        for _ in 0..<(try reader.integer(UInt16.self, "an entry")) {
            let key = try reader.label("an attribute", limit: 64)
            guard last.utf8.lexicographicallyPrecedes(key.utf8) else {
                throw .damaged("order of attributes")
            }
            let count = Int(try reader.integer(UInt16.self, "an attribute"))
            attributes[key] = Array(try reader.take(count, "an attribute"))
            last = key
        }
        self.attributes = attributes
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
        for (key, value) in attributes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            bytes.append(label: key)
            bytes.append(littleEndian: UInt16(value.count))
            bytes.append(contentsOf: value)
        }
    }
}
