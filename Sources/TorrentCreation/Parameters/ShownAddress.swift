/// A tracker's or web seed's address as anybody may see it: scheme, host and port. What follows may be a passkey, and
/// what comes before the host a password.
package struct ShownAddress: Hashable, Sendable, CustomStringConvertible {
    /// `https://tracker.example:8443/…`. Whole where there is nothing to hide, and without a word of the original where
    /// it is no address.
    package let description: String

    /// Whether nothing is hidden.
    package private(set) var isWhole = false

    package init(_ address: String) {
        guard let origin = (try? WebAddress(address, field: .webSeed(place: 0)))?.origin else {
            description = "(no address; not shown)"
            return
        }
        let isPlain =
            address.lowercased().hasPrefix(origin.lowercased())
            && Self.harmless.contains(String(address.dropFirst(origin.count)))
            && Self.hidingKeys(in: origin) == origin
        description = isPlain ? address : Self.hidingKeys(in: origin) + "/…"
        isWhole = isPlain
    }

    /// A name in the host that is as long as a pass key is taken for one.
    private static func hidingKeys(in origin: String) -> String {
        origin.split(separator: ".", omittingEmptySubsequences: false).map { label in
            let scheme = label.firstRange(of: "://").map { label[..<$0.upperBound] } ?? ""
            return label.count - scheme.count >= 16 ? scheme + "…" : label
        }.joined(separator: ".")
    }

    /// What follows the host where nobody is told apart.
    private static let harmless: Set<String> = ["", "/", "/announce", "/announce.php"]
}
