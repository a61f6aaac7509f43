package import SystemPackage

/// A path in both views, and why the one became the other.
package struct PathMapping: Hashable, Sendable {
    /// Absolute, as this program sees it; where it cannot see it, the same as `there`.
    package let here: FilePath
    /// As qBittorrent sees it.
    package let there: String
    /// The rule that matched. Nil: none did, and both views are taken to be the same.
    package let rule: PathRule?
    package let way: Way

    /// Whether `here` is known to be the same as `there`. What the server sees under a name that no rule leads to may
    /// be something else here.
    package var isSeenHere: Bool { way != .onServer || rule != nil }

    /// What had to be done to the path for a rule to match.
    package enum Way: Hashable, Sendable {
        /// Nothing: it was taken as typed, made absolute.
        case asTyped
        /// Links in its folder were followed; its last name stayed.
        case folderResolved
        /// The path itself is a link, and was followed: the torrent is named after what it leads to.
        case resolved
        /// It was named as qBittorrent sees it.
        case onServer
    }
}
