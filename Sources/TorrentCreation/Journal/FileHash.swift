import Crypto
import SecureFiles
import SystemPackage

/// SHA-256 of files.
enum FileHash {
    /// Hexadecimal; nil where the file cannot be read, or is larger than any torrent.
    static func of(_ path: FilePath) -> String? {
        guard let bytes = try? FileReading.systemFile(at: path, limit: 256 << 20) else { return nil }
        return of(bytes)
    }

    static func of(_ bytes: [UInt8]) -> String { Array(SHA256.hash(data: bytes)).hexadecimal }
}
