/// The version of a server's Web API, such as 2.11.4.
package struct WebAPIVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `2.11.4` or `2.11`.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
            (1...6).contains(part.utf8.count) && part.allSatisfy { ("0"..."9").contains($0) } ? Int(part) : nil
        }
        guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1] else { return nil }
        if parts.count == 3 {
            guard let patch = parts[2] else { return nil }
            self.init(major, minor, patch)
        } else {
            self.init(major, minor)
        }
    }

    package static func < (a: WebAPIVersion, b: WebAPIVersion) -> Bool {
        (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
    }

    package var description: String { "\(major).\(minor).\(patch)" }
}
