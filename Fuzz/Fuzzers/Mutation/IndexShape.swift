@testable import CredentialStores

/// An index and its values, taken apart into fields that may become anything.
struct IndexShape {
    struct Entry {
        var role: UInt8
        /// Server and name.
        var labels: [[UInt8]]
        /// Both dates and the writer.
        var fixed: [UInt8]
        var origins: [[UInt8]]
        var attributes: [(label: [UInt8], value: [UInt8])]
        var value: [UInt8]
    }

    private var names: [(id: [UInt8], name: [UInt8])] = []
    private var entries: [Entry] = []

    /// Whatever of `input` can be understood; a field that goes beyond the end ends there, and so does the index.
    init(_ input: [UInt8]) {
        var fields = LooseFields(input)
        let values = fields.number(2)
        for _ in 0..<min(fields.number(2), VaultIndex.mostNames) where !fields.isAtEnd {
            names.append((fields.take(VaultEntry.writerCount), fields.take(fields.number(1))))
        }
        var lengths: [Int] = []
        for _ in 0..<min(fields.number(4), 64) where fields.left > values {
            entries.append(Entry(from: &fields))
            lengths.append(fields.number(4))
        }
        fields.skip(fields.left - values)
        for place in entries.indices { entries[place].value = fields.take(lengths[place]) }
    }

    /// One thing about it changed.
    mutating func change(_ chance: inout Chance) {
        guard !entries.isEmpty, chance.below(8) > 0 else {
            let id = (0..<16).map { _ in UInt8(chance.below(256)) }
            if chance.below(3) > 0 {
                return names.append((id, chance.mutatedText(id, longest: VaultIndex.longestHost)))
            }
            if !names.isEmpty { names.remove(at: chance.below(names.count)) }
            return
        }
        let place = chance.below(entries.count)
        switch chance.below(8) {
        case 0: entries.remove(at: place)
        case 1:
            var another = entries[place]
            another.change(&chance)
            entries.append(another)
        default: entries[place].change(&chance)
        }
    }

    /// In the order of the format, with all lengths and numbers as they are: what `vault-index` is given.
    var input: [UInt8] {
        let ordered = entries.sorted { $0.order.lexicographicallyPrecedes($1.order) }
        let values = ordered.flatMap(\.value)
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt16(truncatingIfNeeded: values.count))
        bytes.append(littleEndian: UInt16(truncatingIfNeeded: names.count))
        for (id, name) in names.sorted(by: { $0.id.lexicographicallyPrecedes($1.id) }) {
            bytes += id + [UInt8(truncatingIfNeeded: name.count)] + name
        }
        bytes.append(littleEndian: UInt32(ordered.count))
        for entry in ordered { entry.write(into: &bytes) }
        return bytes + values
    }
}

extension IndexShape.Entry {
    fileprivate init(from fields: inout LooseFields) {
        role = UInt8(fields.number(1))
        labels = [fields.take(fields.number(1)), fields.take(fields.number(1))]
        fixed = fields.take(8 + 8 + VaultEntry.writerCount)
        fixed += [UInt8](repeating: 0, count: 8 + 8 + VaultEntry.writerCount - fixed.count)
        origins = []
        for _ in 0..<fields.number(1) where !fields.isAtEnd { origins.append(fields.take(fields.number(2))) }
        attributes = []
        for _ in 0..<fields.number(2) where !fields.isAtEnd {
            attributes.append((fields.take(fields.number(1)), fields.take(fields.number(2))))
        }
        value = []
    }

    fileprivate var order: [UInt8] { labels[0] + [0] + labels[1] + [0, role] }

    fileprivate mutating func change(_ chance: inout Chance) {
        switch chance.below(8) {
        case 0: role = UInt8(chance.below(6))
        case 1:
            let place = chance.below(labels.count)
            labels[place] = chance.mutatedText(labels[place], longest: VaultEntry.longestServer)
        case 2: fixed = Chance.mutated(fixed, longest: fixed.count)
        case 3: origins.append(chance.mutatedText(origins.last ?? [], longest: 64))
        case 4:
            attributes.append(
                (chance.mutatedText(attributes.last?.label ?? [], longest: 16), Chance.mutated([0x62], longest: 64)))
        case 5 where !origins.isEmpty:
            let place = chance.below(origins.count)
            if chance.below(4) == 0 {
                origins.remove(at: place)
            } else {
                origins[place] = chance.mutatedText(origins[place], longest: VaultEntry.longestOrigin)
            }
        case 6 where !attributes.isEmpty:
            let place = chance.below(attributes.count)
            let (label, value) = attributes[place]
            switch chance.below(4) {
            case 0: attributes.remove(at: place)
            case 1: attributes[place].label = chance.mutatedText(label, longest: VaultEntry.longestAttribute)
            default: attributes[place].value = Chance.mutated(value, longest: value.count + 64)
            }
        default: value = Chance.mutated(value, longest: value.count + 64)
        }
    }

    fileprivate func write(into bytes: inout [UInt8]) {
        bytes.append(role)
        for label in labels { bytes += [UInt8(truncatingIfNeeded: label.count)] + label }
        bytes += fixed
        bytes.append(UInt8(truncatingIfNeeded: origins.count))
        for origin in origins {
            bytes.append(littleEndian: UInt16(truncatingIfNeeded: origin.count))
            bytes += origin
        }
        bytes.append(littleEndian: UInt16(truncatingIfNeeded: attributes.count))
        for (label, value) in attributes.sorted(by: { $0.label.lexicographicallyPrecedes($1.label) }) {
            bytes += [UInt8(truncatingIfNeeded: label.count)] + label
            bytes.append(littleEndian: UInt16(truncatingIfNeeded: value.count))
            bytes += value
        }
        bytes.append(littleEndian: UInt32(truncatingIfNeeded: value.count))
    }
}

/// Takes fields out of bytes, as many of them as there are.
private struct LooseFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var left: Int { rest.count }

    mutating func take(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func skip(_ count: Int) { rest = rest.dropFirst(max(0, count)) }

    mutating func number(_ width: Int) -> Int { take(width).reversed().reduce(0) { $0 << 8 | Int($1) } }
}
