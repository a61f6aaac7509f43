import Crypto

/// What a torrent is known by: a hash over its info dictionary, byte for byte.
package struct InfoHash: Hashable, Sendable, CustomStringConvertible {
    /// 20 bytes (SHA-1, version 1) or 32 (SHA-256, version 2).
    package let bytes: [UInt8]

    static func version1(of info: ArraySlice<UInt8>) -> InfoHash {
        InfoHash(bytes: Array(Insecure.SHA1.hash(data: info)))
    }

    static func version2(of info: ArraySlice<UInt8>) -> InfoHash {
        InfoHash(bytes: Array(SHA256.hash(data: info)))
    }

    /// Lower-case hexadecimal.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
