/// Something in a folder, as a server or this machine sees it.
package struct DirectoryEntry: Hashable, Sendable {
    package let name: String
    /// Nil where it is not known.
    package let isFolder: Bool?
    /// In bytes; nil for folders, and where it is not known.
    package let size: Int64?

    package init(name: String, isFolder: Bool?, size: Int64?) {
        self.name = name
        self.isFolder = isFolder
        self.size = size
    }

    /// Whether what is known of both cannot be of one thing.
    package func contradicts(_ other: DirectoryEntry) -> Bool {
        if let isFolder, let theirs = other.isFolder, isFolder != theirs { return true }
        if let size, let theirs = other.size, size != theirs { return true }
        return false
    }
}

extension Application {
    /// What is in a folder of the server's, as the server sees it. Hidden names, broken links and the like are left out by
    /// the server (observed), and kinds and sizes are told from 5.3 on alone.
    ///
    /// - Throws: `.notFound` where there is no such folder, or the server is older than 5.0 (observed).
    package func entries(of folder: String, _ version: WebAPIVersion) async throws(ServerError) -> [DirectoryEntry] {
        guard Dialect(version).knowsIgnoreDotfiles else {
            return try await content(of: folder).map { path in
                let name = path.split(separator: "/").last.map(String.init) ?? path
                return DirectoryEntry(name: name, isFolder: nil, size: nil)
            }
        }
        let query = [Field("dirPath", folder), Field("mode", "all"), Field("withMetadata", "true")]
        return try await session.decoded([Told].self, from: .get("app/getDirectoryContent", query: query)).map { told in
            DirectoryEntry(
                name: told.name, isFolder: told.type == "dir", size: told.type == "file" ? told.size : nil)
        }
    }

    private struct Told: Decodable {
        let name: String
        let type: String
        let size: Int64?
    }
}
