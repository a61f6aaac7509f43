/// A cookie that a server has set. It opens a session, so it does not print its value.
package struct Cookie: Sendable, CustomStringConvertible, CustomReflectable {
    package let name: String
    package let value: String

    /// Reads a `Set-Cookie` header. Nil where it deletes the cookie or is no cookie at all.
    ///
    /// Values hold `+`, `/` and `=`, and go back unchanged. One that could not go back, or is larger than any browser
    /// would keep (RFC 6265: 4096 bytes), is none. Attributes are left aside: a cookie lives as long as the
    /// session that got it, and goes to its server alone.
    package init?(setCookie header: String) {
        let pair = header.prefix { $0 != ";" }
        guard let equals = pair.firstIndex(of: "=") else { return nil }
        let name = pair[..<equals].trimmed()
        let value = pair[pair.index(after: equals)...].trimmed()
        guard !name.isEmpty, !value.isEmpty, name.utf8.count + value.utf8.count <= 4096 else { return nil }
        guard (name + value).utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        self.name = name
        self.value = value
    }

    package var description: String { name }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension Substring {
    fileprivate func trimmed() -> String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
