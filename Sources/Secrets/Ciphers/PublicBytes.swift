import CSodium

/// Bytes that are nobody's secret: identifiers, nonces, fingerprints.
package enum PublicBytes {
    package static func random(count: Int) -> [UInt8] {
        Sodium.ready
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return bytes
    }

    /// BLAKE2b of `count` bytes (16 to 64).
    package static func digest(of bytes: [UInt8], count: Int = 32) -> [UInt8] {
        Sodium.ready
        var digest = [UInt8](repeating: 0, count: count)
        _ = unsafe crypto_generichash(&digest, count, bytes, UInt64(bytes.count), nil, 0)
        return digest
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(underestimatedCount * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The bytes that hexadecimal digits stand for, or nil when they are not an even number of such digits.
    package init?(hex: String) {
        let digits = hex.utf8.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 ? $0 &- 48 : ($0 | 32) &- 87 }
        guard digits.count.isMultiple(of: 2), hex.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            return nil
        }
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
