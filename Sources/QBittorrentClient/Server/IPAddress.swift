import Glibc

/// Addresses, as opposed to names.
enum IPAddress {
    /// Its four or sixteen bytes; nil for a name.
    static func bytes(of host: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if unsafe inet_pton(family, host, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
