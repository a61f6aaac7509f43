/// Typed looks into a dictionary, which say what was wrong and where.
extension BencodeValue {
    func required(_ key: String) throws(MetainfoError) -> BencodeValue {
        guard let value = self[key] else { throw MetainfoError(.missing(key: key), at: range.lowerBound) }
        return value
    }

    func text(_ key: String) throws(MetainfoError) -> String? {
        guard let value = self[key] else { return nil }
        return try value.asText(of: key)
    }

    func number(_ key: String) throws(MetainfoError) -> Int64? {
        guard let value = self[key] else { return nil }
        guard let number = value.integer else { throw value.wrongType(for: key) }
        return number
    }

    /// A count or size: not negative.
    func size(_ key: String) throws(MetainfoError) -> Int64 {
        let value = try required(key)
        guard let number = value.integer else { throw value.wrongType(for: key) }
        guard number >= 0 else { throw MetainfoError(.outOfRange(key: key), at: value.range.lowerBound) }
        return number
    }

    func asText(of key: String) throws(MetainfoError) -> String {
        guard let bytes = string else { throw wrongType(for: key) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MetainfoError(.notText(key: key), at: range.lowerBound)
        }
        return text
    }

    func texts(of key: String) throws(MetainfoError) -> [String] {
        guard let items else { throw wrongType(for: key) }
        var texts: [String] = []
        for item in items { texts.append(try item.asText(of: key)) }
        return texts
    }

    func wrongType(for key: String) -> MetainfoError { MetainfoError(.wrongType(key: key), at: range.lowerBound) }

    /// A torrent's name, or one part of a path: safe to be made a file or folder of.
    func asName(of key: String) throws(MetainfoError) -> String {
        let name = try asText(of: key)
        let isUnsafe = name.isEmpty || name == "." || name == ".." || name.utf8.contains { $0 == 0 || $0 == 0x2f }
        if isUnsafe { throw MetainfoError(.unsafeName, at: range.lowerBound) }
        return name
    }
}
