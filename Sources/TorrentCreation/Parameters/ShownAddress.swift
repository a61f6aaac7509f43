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
        description = isPlain ? address : origin + "/…"
        isWhole = isPlain
    }

    /// What follows the host where nobody is told apart.
    private static let harmless: Set<String> = ["", "/", "/announce", "/announce.php"]
}
