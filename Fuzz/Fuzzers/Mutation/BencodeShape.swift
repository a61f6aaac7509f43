/// Changes a string in a bencoded document, with the length before it kept right.
enum BencodeShape {
    static func changed(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8]? {
        let strings = strings(in: bytes)
        guard !strings.isEmpty else { return nil }
        let (start, body) = strings[chance.below(strings.count)]
        let changed = Chance.mutated(Array(bytes[body]), longest: body.count + 64)
        return bytes[..<start] + Array("\(changed.count):".utf8) + changed + bytes[body.upperBound...]
    }

    /// Where each begins, and what is in it. Within a string nothing is looked for.
    private static func strings(in bytes: [UInt8]) -> [(start: Int, body: Range<Int>)] {
        var found: [(start: Int, body: Range<Int>)] = []
        var position = 0
        while position < bytes.count {
            let start = position
            var length = 0
            while position < bytes.count, (0x30...0x39).contains(bytes[position]), length < bytes.count {
                length = length * 10 + Int(bytes[position] - 0x30)
                position += 1
            }
            let isString = position > start && position < bytes.count && bytes[position] == UInt8(ascii: ":")
            position += 1
            guard isString, length <= bytes.count - position else { continue }
            found.append((start, position..<position + length))
            position += length
        }
        return found
    }
}
