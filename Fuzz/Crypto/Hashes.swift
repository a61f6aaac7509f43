import CSodium

// What the readers use of swift-crypto, whose C sources would take longer to build than all else here. A hash is of
// no interest to a fuzzer, so the first bytes of SHA-256 stand in for SHA-1.

public enum SHA256 {
    public static func hash(data: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(data)
        var hash = [UInt8](repeating: 0, count: 32)
        _ = crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return hash
    }
}

public enum Insecure {
    public enum SHA1 {
        public static func hash(data: some Collection<UInt8>) -> [UInt8] { Array(SHA256.hash(data: data).prefix(20)) }
    }
}
