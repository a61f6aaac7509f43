/// The servers that `NO_PROXY` lists: names (each with all below it), addresses, networks such as `10.0.0.0/8`, each
/// perhaps with a port, and `*` for all.
struct NoProxy {
    private enum Entry {
        case all
        /// - port: nil for any.
        case host(String, port: Int?)
        case network([UInt8], bits: Int)
    }

    private let entries: [Entry]

    /// What cannot be read is left out: it would cover nothing anyway.
    init(_ text: String) {
        entries = text.split { $0 == "," || $0.isWhitespace }.compactMap(Self.entry)
    }

    func covers(_ server: Server) -> Bool {
        let address = IPAddress.bytes(of: server.host)
        return entries.contains { entry in
            switch entry {
            case .all: true
            case .host(let name, let port):
                (port == nil || port == server.port)
                    && (server.host == name || IPAddress.bytes(of: name) == nil && server.host.hasSuffix(".\(name)"))
            case .network(let network, let bits): address.map { Self.isEqual($0, network, bits: bits) } ?? false
            }
        }
    }

    private static func entry(_ text: Substring) -> Entry? {
        if text == "*" { return .all }
        if let slash = text.firstIndex(of: "/") {
            guard let network = IPAddress.bytes(of: String(text[..<slash])), let bits = Int(text[slash...].dropFirst()),
                (0...network.count * 8).contains(bits)
            else { return nil }
            return .network(network, bits: bits)
        }
        let bare = text.hasPrefix("*.") ? text.dropFirst(2) : text.hasPrefix(".") ? text.dropFirst() : text
        // More than one colon and no bracket: an IPv6 address without a port.
        let isBareIPv6 = bare.first != "[" && bare.count(where: { $0 == ":" }) > 1
        guard let server = try? Server("http://" + (isBareIPv6 ? "[\(bare)]" : bare)) else { return nil }
        let hasPort = !isBareIPv6 && bare.contains(bare.first == "[" ? "]:" : ":")
        return .host(server.host, port: hasPort ? server.port : nil)
    }

    private static func isEqual(_ a: [UInt8], _ b: [UInt8], bits: Int) -> Bool {
        guard a.count == b.count else { return false }
        return a.indices.allSatisfy { index in
            let counted = min(8, max(0, bits - index * 8))
            return (a[index] ^ b[index]) >> (8 - counted) == 0
        }
    }
}
