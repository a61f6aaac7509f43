package import Secrets

extension SecretHeader {
    /// `Authorization: Basic …` (RFC 7617).
    ///
    /// - Parameter credentials: a name, a colon and a password; or the same in base64 already.
    /// - Returns: nil where it is neither.
    package static func basic(_ credentials: borrowing Secret) -> SecretHeader? {
        let (isPair, isEncoded) = credentials.withBytes { bytes in
            var (hasColon, isBase64) = (false, bytes.count > 0)
            for index in bytes.indices {
                hasColon = hasColon || bytes[index] == UInt8(ascii: ":")
                isBase64 = isBase64 && isBase64Byte(bytes[index])
            }
            return (hasColon, isBase64)
        }
        guard isPair || isEncoded else { return nil }
        let scheme = Secret(copying: "Basic ".utf8)
        let value = isPair ? Secret.joining(scheme, credentials.base64()) : Secret.joining(scheme, credentials)
        return SecretHeader("authorization", value)
    }

    private static func isBase64Byte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
