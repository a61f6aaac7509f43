extension Server {
    /// Reads a URL such as `https://seedbox.example/qbittorrent/`.
    package init(_ url: String) throws(InvalidServer) {
        guard let mark = url.firstRange(of: "://"), let scheme = Scheme(rawValue: url[..<mark.lowerBound].lowercased())
        else { throw InvalidServer(.scheme) }
        let rest = url[mark.upperBound...]
        guard !rest.contains(where: { "?#".contains($0) }) else { throw InvalidServer(.queryOrFragment) }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let (host, port) = try Self.split(rest[..<slash])
        try self.init(scheme: scheme, host: host, port: port, basePath: String(rest[slash...]))
    }

    private static func split(_ authority: Substring) throws(InvalidServer) -> (host: String, port: Int?) {
        guard !authority.contains("@") else { throw InvalidServer(.userInformation) }
        if let bracket = authority.firstIndex(of: "]") {
            let after = authority[authority.index(after: bracket)...]
            return (String(authority[...bracket]), try port(after))
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        return (String(authority[..<colon]), try port(authority[colon...]))
    }

    /// - Parameter text: empty, or a colon and digits.
    private static func port(_ text: Substring) throws(InvalidServer) -> Int? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", (1...5).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw InvalidServer(.port)
        }
        return Int(digits)
    }
}
