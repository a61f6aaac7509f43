import CSodium

extension Secret {
    /// The bytes in base64 with padding (RFC 4648), as secret as they are.
    package borrowing func base64() -> Secret {
        let variant = sodium_base64_VARIANT_ORIGINAL
        // With the zero byte that ends a C string.
        let room = sodium_base64_encoded_len(count, variant)
        let ended = unsafe Secret(count: room) { out in
            unsafe withUnsafeBytes { bytes in
                unsafe out.withMemoryRebound(to: CChar.self, capacity: room) { text in
                    _ = unsafe sodium_bin2base64(text, room, bytes, count, variant)
                }
            }
        }
        return ended.copy(0..<room - 1)
    }
}
