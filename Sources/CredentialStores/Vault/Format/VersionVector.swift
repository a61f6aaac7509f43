import Secrets

/// Who wrote a vault how often. It tells newer from older from apart, where a single counter could not.
package struct VersionVector: Hashable, Sendable {
    /// Counters by the 16-byte id (hexadecimal) of the host that wrote. None is zero.
    package private(set) var counters: [String: UInt64] = [:]

    static let mostWriters = 256

    package enum Order: Sendable { case same, newer, older, forked }

    package init(counters: [String: UInt64] = [:]) { self.counters = counters }

    /// For people: how many writes there were in all (modulo 2^64).
    package var generation: UInt64 { counters.values.reduce(0, &+) }

    /// This vector, seen from `other`.
    package func order(against other: VersionVector) -> Order {
        let ahead = counters.contains { $0.value > other.counters[$0.key, default: 0] }
        let behind = other.counters.contains { $0.value > counters[$0.key, default: 0] }
        return switch (ahead, behind) {
        case (false, false): .same
        case (true, false): .newer
        case (false, true): .older
        case (true, true): .forked
        }
    }

    /// Whether no further host can write.
    var isFull: Bool { counters.count >= Self.mostWriters }

    /// A vector with as many writes, all of them `writer`'s. It can be compared with none from before.
    func folded(into writer: String) -> VersionVector {
        VersionVector(counters: [writer: max(1, min(generation, .max - 2))])
    }

    /// The least vector that is older than neither.
    func merged(with other: VersionVector) -> VersionVector {
        VersionVector(counters: counters.merging(other.counters, uniquingKeysWith: max))
    }

    /// How many of the writes that are counted here `other` does not have.
    func writes(missingIn other: VersionVector) -> UInt64 {
        counters.reduce(0) { sum, own in
            let theirs = other.counters[own.key, default: 0]
            return own.value > theirs ? sum &+ (own.value - theirs) : sum
        }
    }

    /// After one more write. Nil where the format has no room for another writer, or for the writer's next number.
    func written(by writer: String) -> VersionVector? {
        var next = self
        next.counters[writer, default: 0] &+= 1
        return next.counters.count <= Self.mostWriters && next.counters[writer] != .max ? next : nil
    }
}

extension VersionVector {
    init(from reader: inout ByteReader, _ bytes: borrowing Span<UInt8>) throws(VaultFault) {
        let count = Int(try reader.integer(UInt16.self, bytes))
        guard (1...Self.mostWriters).contains(count) else { throw .damaged(.writers) }
        var last: Range<Int>?
        for _ in 0..<count {
            let writer = try reader.take(16)
            let counter = try reader.integer(UInt64.self, bytes)
            guard (1..<UInt64.max).contains(counter) else { throw .damaged(.writers) }
            if let last, bytes.compare(last, writer) >= 0 { throw .damaged(.writers) }
            counters[bytes.array(writer).hex] = counter
            last = writer
        }
    }

    func encode(into bytes: inout [UInt8]) {
        bytes.append(littleEndian: UInt16(counters.count))
        for (writer, counter) in counters.sorted(by: { $0.key < $1.key }) {
            bytes.append(contentsOf: [UInt8](hex: writer) ?? [])
            bytes.append(littleEndian: counter)
        }
    }
}
