import Secrets

/// The part of a payload that says what is kept: host names, and each entry with the length of its value.
struct VaultIndex {
    let items: [VaultPayload.Item]
    let writers: [String: String]

    static let longest = 8 << 20
    static let mostEntries = 100_000

    /// Reads the index that starts at `start` in `secret`. The values follow it in the order of the entries and must
    /// end where the secret does.
    static func read(_ secret: borrowing Secret, from start: Int) throws(VaultFault) -> VaultIndex {
        let length = secret.withBytes { bytes in
            (0..<4).reversed().reduce(0) { $0 << 8 | Int(bytes[start + $1]) }
        }
        let first = start + 4
        guard length <= longest, length <= secret.count - first else { throw .damaged("index length") }
        let bytes = secret.withBytes { all in (first..<first + length).map { all[$0] } }
        var reader = ByteReader(bytes[...])
        let writers = try readWriters(&reader)
        let items = try readItems(&reader, valuesStart: first + length)
        guard reader.isAtEnd else { throw .damaged("bytes after the last entry") }
        guard (items.last?.value.upperBound ?? first + length) == secret.count else { throw .damaged("values") }
        return VaultIndex(items: items, writers: writers)
    }

    private static func readWriters(_ reader: inout ByteReader) throws(VaultFault) -> [String: String] {
        var writers: [String: String] = [:]
        var last = ""
        for _ in 0..<(try reader.integer(UInt16.self, "the writers")) {
            let writer = try reader.take(16, "the writers").hex
            guard writer > last else { throw .damaged("order of writers") }
            writers[writer] = try reader.label("a writer's name", limit: 64)
            last = writer
        }
        return writers
    }

    private static func readItems(
        _ reader: inout ByteReader, valuesStart: Int
    ) throws(VaultFault) -> [VaultPayload.Item] {
        let count = Int(try reader.integer(UInt32.self, "the number of entries"))
        guard count <= mostEntries else { throw .damaged("number of entries") }
        var items: [VaultPayload.Item] = []
        var position = valuesStart
        for _ in 0..<count {
            let entry = try VaultEntry(from: &reader)
            let length = Int(try reader.integer(UInt32.self, "the length of a value"))
            guard length <= VaultFile.largestPayload else { throw .damaged("length of a value") }
            if let last = items.last, !last.entry.order.lexicographicallyPrecedes(entry.order) {
                throw .damaged("order of entries")
            }
            items.append(.init(entry: entry, value: position..<position + length))
            position += length
        }
        return items
    }

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
