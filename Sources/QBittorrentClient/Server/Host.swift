import NIOCore

/// The host of a server: checked, and brought into its one spelling.
enum Host {
    static func canonical(_ text: String) throws(InvalidServer) -> String {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if bare.contains(":") {
            guard let address = try? SocketAddress(ipAddress: bare, port: 0), let spelled = address.ipAddress else {
                throw InvalidServer(.host)
            }
            return spelled
        }
        let name = bare.lowercased()
        guard bare == text, (1...253).contains(name.utf8.count), name.utf8.allSatisfy(isAllowed),
            name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ (1...63).contains($0.utf8.count) }
            )
        else { throw InvalidServer(.host) }
        return name
    }

    /// Whether it is an IP address in numbers, which TLS looks for elsewhere in a certificate than a name.
    static func isAddress(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }

    /// Only the plain form of four decimal numbers, which no resolver reads in another way.
    static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The underscore is in no standard and in many names that containers are given.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// The path below which a reverse proxy serves the Web API.
enum BasePath {
    static func canonical(_ text: String) throws(InvalidServer) -> String {
        let parts = text.split(separator: "/")
        guard parts.allSatisfy({ $0 != "." && $0 != ".." && $0.utf8.allSatisfy(isAllowed) }) else {
            throw InvalidServer(.path)
        }
        return parts.map { "/\($0)" }.joined()
    }

    /// What a path may hold unencoded, and the percent sign of what is encoded already.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "%!$&'()*+,;=:@".utf8.contains(byte)
    }
}
