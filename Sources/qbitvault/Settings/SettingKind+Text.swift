import SystemPackage

extension SettingKind<String> {
    /// Any text, numbers and words such as `no` included.
    static let text = scalar("text") { $0.utf8.contains(0) ? nil : $0 }

    static let name = scalar("text that is not empty") { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }

    static let host = scalar("a host name or address, without http:// and port") { isHost($0) ? $0 : nil }

    /// A scheme and a host at least. A user name or password in it is refused.
    static let url = scalar("an address such as https://nas.example:8443, without user name and password") { text in
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let isSound = rest.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !"@?#\\".utf8.contains($0) }
        return isSound && !rest.isEmpty && rest.first != "/" ? text : nil
    }

    /// Where a reverse proxy shows the server; empty for its root.
    static let basePath = scalar("a path such as /qbittorrent") { text in
        text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !"?#\\".utf8.contains($0) } && !text.contains("://")
            ? text : nil
    }

    static func choice(_ known: [String]) -> Self {
        scalar("one of \(known.joined(separator: ", "))") { known.contains($0) ? $0 : nil }
    }

    fileprivate static func isHost(_ text: String) -> Bool {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        // More than one colon can only be an IPv6 address; one is a port, which has a key of its own.
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        return !text.isEmpty && (isBracketed || colons != 1)
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !"/@?#\\,".utf8.contains($0) }
    }
}

extension SettingKind<FilePath> {
    static let path = SettingKind("the path of a file or folder") { node, base in
        guard case .scalar(let text, _) = node.content else { return nil }
        return base.resolve(text)
    }
}

extension SettingKind where Value: RawRepresentable<String> & CaseIterable {
    static var choice: Self {
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return scalar("one of \(names)") { Value(rawValue: $0) }
    }
}
