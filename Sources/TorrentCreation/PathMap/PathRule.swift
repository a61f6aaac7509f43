package import SystemPackage

/// One folder under two names.
package struct PathRule: Hashable, Sendable {
    /// As this program sees it.
    package let here: FilePath
    /// As qBittorrent sees it, for instance inside its container.
    package let there: FilePath

    /// - Throws: `PathMapError` for an empty or relative side.
    package init(here: String, there: String) throws(PathMapError) {
        self.here = try Self.folder(here, on: .here)
        self.there = try Self.folder(there, on: .there)
    }

    private static func folder(_ text: String, on side: PathSide) throws(PathMapError) -> FilePath {
        let path = FilePath(text)
        if path.isEmpty { throw .empty(side) }
        guard path.isAbsolute else { throw .relative(path, side) }
        return path.lexicallyNormalized()
    }
}

/// Whose view of the file system a path belongs to.
package enum PathSide: Hashable, Sendable { case here, there }
