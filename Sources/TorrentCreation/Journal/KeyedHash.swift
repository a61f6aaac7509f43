import Crypto

/// What was asked for, in a form that says nothing to who has no key: trackers hold pass keys.
struct KeyedHash: Sendable {
    private var hash: HMAC<SHA256>

    init(key: [UInt8]) { hash = HMAC<SHA256>(key: SymmetricKey(data: key)) }

    /// Each part with its length in front, so that no two lists of parts make one text.
    mutating func add(_ parts: [String]) {
        hash.update(data: Array("\(parts.count):".utf8))
        for part in parts { hash.update(data: Array("\(part.utf8.count):\(part);".utf8)) }
    }

    /// Lower-case hexadecimal.
    func finish() -> String { Array(hash.finalize()).hexadecimal }
}

extension [UInt8] {
    /// In lower case.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        self = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            append(byte)
        }
    }

    static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
