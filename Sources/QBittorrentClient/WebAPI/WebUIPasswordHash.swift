import Crypto
import CryptoExtras
import FoundationEssentials
package import Secrets

/// What qBittorrent keeps of a Web UI password: PBKDF2 with HMAC-SHA512, 100,000 rounds, a salt of 16 bytes, a key of
/// 64 (observed with 4.5, 5.1 and 5.3).
package struct WebUIPasswordHash: Hashable, Sendable {
    package let salt: [UInt8]
    package let key: [UInt8]

    /// The password does not leave its guarded memory but for the
    /// stack of the derivation, which is wiped.
    ///
    /// - Throws: where BoringSSL has no memory left.
    package init(
        _ password: borrowing Secret, salt: [UInt8] = PublicBytes.random(count: 16)
    ) throws(WebUIPasswordHashFailed) {
        self.salt = salt
        key = try Self.derive(password, salt)
        Sodium.wipeStack()
    }

    /// The value as Qt's settings hold a byte array. Base64 has nothing that wants an escape there.
    package var setting: String { #""@ByteArray(\#(Self.base64(salt)):\#(Self.base64(key)))""# }

    /// Its name below `[Preferences]` in qBittorrent.conf.
    package static let name = #"WebUI\Password_PBKDF2"#

    /// The line of `[Preferences]`.
    package var line: String { "\(Self.name)=\(setting)" }

    /// A frame of its own, below the one that the stack is wiped from.
    @inline(never)
    private static func derive(
        _ password: borrowing Secret, _ salt: [UInt8]
    ) throws(WebUIPasswordHashFailed) -> [UInt8] {
        do {
            return try unsafe password.withUnsafeBytes { bytes in
                let password = unsafe UnsafeBufferPointer(start: bytes, count: password.count)
                return try unsafe KDF.Insecure.PBKDF2.deriveKey(
                    from: password, salt: salt, using: .sha512, outputByteCount: 64, unsafeUncheckedRounds: 100_000
                ).withUnsafeBytes { unsafe Array($0) }
            }
        } catch { throw WebUIPasswordHashFailed() }
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

/// There was no memory for it.
package struct WebUIPasswordHashFailed: Error {}
