/// A value to be bencoded, written out as a literal. Keys are sorted.
enum Bencoded: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    case integer(Int64)
    case string([UInt8])
    case list([Bencoded])
    case dictionary([String: Bencoded])

    init(integerLiteral value: Int64) { self = .integer(value) }
    init(stringLiteral value: String) { self = .string(Array(value.utf8)) }
    init(arrayLiteral elements: Bencoded...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Bencoded)...) {
        self = .dictionary(Dictionary(uniqueKeysWithValues: elements))
    }

    /// `count` bytes of nothing.
    static func zeros(_ count: Int) -> Bencoded { .string([UInt8](repeating: 0, count: count)) }

    /// A dictionary's value; nil takes the key out.
    subscript(key: String) -> Bencoded? {
        get {
            guard case .dictionary(let entries) = self else { return nil }
            return entries[key]
        }
        set {
            guard case .dictionary(var entries) = self else { return }
            entries[key] = newValue
            self = .dictionary(entries)
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .integer(let value): Array("i\(value)e".utf8)
        case .string(let bytes): Array("\(bytes.count):".utf8) + bytes
        case .list(let items): Array("l".utf8) + items.flatMap(\.bytes) + Array("e".utf8)
        case .dictionary(let entries):
            Array("d".utf8)
                + entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .flatMap { Bencoded.string(Array($0.key.utf8)).bytes + $0.value.bytes } + Array("e".utf8)
        }
    }
}
