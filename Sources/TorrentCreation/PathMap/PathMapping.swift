package import SystemPackage

/// A path in both views, and why the one became the other.
package struct PathMapping: Hashable, Sendable {
    /// Absolute, as this program sees it.
    package let here: FilePath
    /// As qBittorrent sees it.
    package let there: String
    /// The rule that matched. Nil: none did, and both views are taken to be the same.
    package let rule: PathRule?
    package let way: Way

    /// What had to be done to the path for a rule to match.
    package enum Way: Hashable, Sendable {
        /// Nothing: it was taken as typed, made absolute.
        case asTyped
        /// Links in its folder were followed; its last name stayed.
        case folderResolved
        /// The path itself is a link, and was followed: the torrent is named after what it leads to.
        case resolved
    }
}
