/// A cookie that a server has set. It opens a session, so it does not print its value.
package struct Cookie: Sendable, CustomStringConvertible, CustomReflectable {
    package let name: String
    package let value: String

    /// Reads a `Set-Cookie` header. Nil where it deletes the cookie or is no cookie at all.
    ///
    /// Values hold `+`, `/` and `=`, and go back unchanged. Attributes are left aside: a cookie lives as long as the
    /// session that got it, and goes to its server alone.
    package init?(setCookie header: String) {
        let pair = header.prefix { $0 != ";" }
        guard let equals = pair.firstIndex(of: "=") else { return nil }
        let name = pair[..<equals].trimmed()
        let value = pair[pair.index(after: equals)...].trimmed()
        guard !name.isEmpty, !value.isEmpty else { return nil }
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
