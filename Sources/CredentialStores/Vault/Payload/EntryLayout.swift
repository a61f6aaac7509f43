/// Where the fields of an entry lie in an index.
///
/// Making one checks all that FORMAT.md says of an entry by itself, and allocates nothing: a vault of many thousands is
/// checked each time it is opened.
struct EntryLayout {
    let role: VaultEntry.Role
    let server: Range<Int>
    let name: Range<Int>
    /// Seconds since 1970.
    let created: UInt64
    let changed: UInt64
    let writer: Range<Int>
    /// All origins, each with its length before it.
    let origins: Range<Int>
    /// All attributes, each with its label and length before it.
    let attributes: Range<Int>
    let valueLength: Int

    init(from reader: inout ByteReader, _ bytes: borrowing Span<UInt8>) throws(VaultFault) {
        guard let role = VaultEntry.Role(rawValue: try reader.integer(UInt8.self, bytes)) else {
            throw .newer(.role)
        }
        self.role = role
        server = try reader.label(bytes, limit: VaultEntry.longestServer)
        name = try reader.label(bytes, limit: VaultEntry.longestName)
        guard CredentialName.isOne(bytes, name) else { throw .damaged(.label) }
        created = try reader.date(bytes)
        changed = try reader.date(bytes)
        writer = try reader.take(VaultEntry.writerCount)
        origins = try Self.origins(&reader, bytes)
        attributes = try Self.attributes(&reader, bytes)
        valueLength = Int(try reader.integer(UInt32.self, bytes))
    }

    /// Whether this stands before `other` in an index.
    func precedes(_ other: EntryLayout, _ bytes: borrowing Span<UInt8>) -> Bool {
        let servers = bytes.compare(server, other.server)
        if servers != 0 { return servers < 0 }
        let names = bytes.compare(name, other.name)
        return names != 0 ? names < 0 : role.rawValue < other.role.rawValue
    }

    private static func origins(
        _ reader: inout ByteReader, _ bytes: borrowing Span<UInt8>
    ) throws(VaultFault) -> Range<Int> {
        let count = try reader.integer(UInt8.self, bytes)
        let start = reader.position
        for _ in 0..<count {
            let before = start..<reader.position
            let origin = try reader.origin(bytes)
            guard bytes.isPlainText(origin), try !isAmong(before, origin, bytes) else { throw .damaged(.origins) }
        }
        return start..<reader.position
    }

    private static func isAmong(
        _ others: Range<Int>, _ origin: Range<Int>, _ bytes: borrowing Span<UInt8>
    ) throws(VaultFault) -> Bool {
        var reader = ByteReader(others)
        while !reader.isAtEnd {
            if bytes.compare(try reader.origin(bytes), origin) == 0 { return true }
        }
        return false
    }

    private static func attributes(
        _ reader: inout ByteReader, _ bytes: borrowing Span<UInt8>
    ) throws(VaultFault) -> Range<Int> {
        let count = try reader.integer(UInt16.self, bytes)
        let start = reader.position
        var last: Range<Int>?
        for _ in 0..<count {
            let attribute = try reader.attribute(bytes)
            if let last, bytes.compare(last, attribute.label) >= 0 { throw .damaged(.attributes) }
            last = attribute.label
        }
        #if PLANTED_BUG
        // For the fuzzers, which are of no use unless they find it: one byte too many, where there are three attributes
        // and the last one's label has four bytes.
        if count == 3, last?.count == 4 { return start..<reader.position + 1 }
        #endif
        return start..<reader.position
    }
}

extension ByteReader {
    mutating func origin(_ bytes: borrowing Span<UInt8>) throws(VaultFault) -> Range<Int> {
        let length = Int(try integer(UInt16.self, bytes))
        guard (1...VaultEntry.longestOrigin).contains(length) else { throw .damaged(.origins) }
        return try take(length)
    }

    mutating func attribute(
        _ bytes: borrowing Span<UInt8>
    ) throws(VaultFault) -> (label: Range<Int>, value: Range<Int>) {
        let label = try label(bytes, limit: VaultEntry.longestAttribute)
        return (label, try take(Int(try integer(UInt16.self, bytes))))
    }
}

extension CredentialName {
    fileprivate static func isOne(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where !canHold(bytes[index]) { return false }
        return !isDigit(bytes[range.lowerBound])
    }
}
