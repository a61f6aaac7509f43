import CSodium

extension Secret {
    /// A keyed fingerprint (BLAKE2b) of these bytes: equal secrets have equal ones, and without the key it tells nothing.
    ///
    /// - Parameters:
    ///   - key: 16 to 64 bytes.
    ///   - count: its length in bytes, 16 to 64.
    package borrowing func fingerprint(keyedBy key: borrowing Secret, count: Int = 32) -> [UInt8] {
        precondition((16...64).contains(key.count) && (16...64).contains(count))
        Sodium.ready
        var fingerprint = [UInt8](repeating: 0, count: count)
        let length = self.count
        let status = unsafe withUnsafeBytes { message in
            unsafe key.withUnsafeBytes { keyBytes in
                unsafe crypto_generichash(&fingerprint, count, message, UInt64(length), keyBytes, key.count)
            }
        }
        precondition(status == 0)
        return fingerprint
    }
}
