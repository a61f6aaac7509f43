import Secrets

/// The part of a payload that says what is kept: host names, and each entry with the length of its value.
///
/// It is checked whole when a vault is opened, and stays where it lies. What is kept of it are two places an entry, so
/// that one is found among many thousands without all of them being made into objects.
struct VaultIndex: Sendable {
    /// Where an entry and its value start. A payload is so small that 32 bits do.
    private struct Start {
        let entry: UInt32
        let value: UInt32
    }

    private let range: Range<Int>
    private let starts: [Start]

    static let longest = 8 << 20
    static let mostEntries = 100_000
    static let mostNames = 256
    static let longestHost = 64

    /// Checks the index at `range`. The values follow it in the order of the entries and must end at `valuesEnd`.
    init(_ bytes: borrowing Span<UInt8>, at range: Range<Int>, valuesEnd: Int) throws(VaultFault) {
        var reader = ByteReader(range)
        try reader.names(bytes) { _, _ in }
        let count = Int(try reader.integer(UInt32.self, bytes))
        guard count <= Self.mostEntries else { throw .damaged(.entries) }
        var starts: [Start] = []
        var value = range.upperBound
        var last: EntryLayout?
        for _ in 0..<count {
            let start = reader.position
            let entry = try EntryLayout(from: &reader, bytes)
            if let last, !last.precedes(entry, bytes) { throw .damaged(.entries) }
            starts.append(Start(entry: UInt32(start), value: UInt32(clamping: value)))
            value += entry.valueLength
            last = entry
        }
        guard reader.isAtEnd else { throw .damaged(.trailing) }
        guard value == valuesEnd else { throw .damaged(.values) }
        self.range = range
        self.starts = starts
    }
}

/// What is read again of bytes that were checked when the index was made: the same bytes, always.
extension VaultIndex {
    /// Names of the hosts that wrote, by their 16-byte ids (hexadecimal).
    func writers(_ bytes: borrowing Span<UInt8>) -> [String: String] {
        var writers: [String: String] = [:]
        var reader = ByteReader(range)
        do { try reader.names(bytes) { writers[bytes.array($0).hex] = bytes.text($1) } } catch {
            preconditionFailure("checked names")
        }
        return writers
    }

    /// All entries, in their order.
    func items(_ bytes: borrowing Span<UInt8>) -> [VaultPayload.Item] {
        var items: [VaultPayload.Item] = []
        items.reserveCapacity(starts.count)
        for start in starts { items.append(item(at: start, bytes)) }
        return items
    }

    func find(_ key: CredentialKey, role: VaultEntry.Role, _ bytes: borrowing Span<UInt8>) -> VaultPayload.Item? {
        let wanted = VaultEntry.order(key, role)
        var rest = starts[...]
        while !rest.isEmpty {
            let middle = rest.startIndex + rest.count / 2
            let item = item(at: rest[middle], bytes)
            let order = item.entry.order
            if order == wanted { return item }
            rest = order.lexicographicallyPrecedes(wanted) ? rest[(middle + 1)...] : rest[..<middle]
        }
        return nil
    }

    private func item(at start: Start, _ bytes: borrowing Span<UInt8>) -> VaultPayload.Item {
        var reader = ByteReader(Int(start.entry)..<range.upperBound)
        do {
            let layout = try EntryLayout(from: &reader, bytes)
            let value = Int(start.value)..<Int(start.value) + layout.valueLength
            return VaultPayload.Item(entry: try VaultEntry(layout, bytes), value: value)
        } catch { preconditionFailure("a checked entry") }
    }
}

extension ByteReader {
    /// The names of hosts at the start of an index: where each id and each name lies.
    fileprivate mutating func names(
        _ bytes: borrowing Span<UInt8>, _ each: (_ id: Range<Int>, _ name: Range<Int>) -> Void
    ) throws(VaultFault) {
        let count = try integer(UInt16.self, bytes)
        guard count <= VaultIndex.mostNames else { throw .damaged(.names) }
        var last: Range<Int>?
        for _ in 0..<count {
            let id = try take(VaultEntry.writerCount)
            let name = try label(bytes, limit: VaultIndex.longestHost)
            if let last, bytes.compare(last, id) >= 0 { throw .damaged(.names) }
            each(id, name)
            last = id
        }
    }
}

extension VaultIndex {
    /// The bytes of an index, its length before them.
    static func encode(writers: [String: String], entries: [(entry: VaultEntry, length: Int)]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt16(writers.count))
        for (writer, name) in writers.sorted(by: { $0.key < $1.key }) {
            bytes.append(contentsOf: [UInt8](hex: writer) ?? [])
            bytes.append(label: name)
        }
        bytes.append(littleEndian: UInt32(entries.count))
        for (entry, length) in entries {
            entry.encode(into: &bytes)
            bytes.append(littleEndian: UInt32(length))
        }
        var index: [UInt8] = []
        index.append(littleEndian: UInt32(bytes.count))
        return index + bytes
    }
}
