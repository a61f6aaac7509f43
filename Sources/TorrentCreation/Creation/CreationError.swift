package import QBittorrentClient
package import SecureFiles
package import SystemPackage

/// Why a torrent was not made. Says which source; never an address that may hold a pass key.
package struct CreationError: Error, Hashable {
    package enum Code: Hashable, Sendable {
        /// Nothing is there, as this program sees it.
        case sourceMissing
        /// A folder without a file that would go into the torrent, or an empty file.
        case sourceEmpty
        case path(PathMapError)
        case server(ServerError)
        case creation(Creation.Failure)
        /// What the server sent is no torrent.
        case notATorrent(MetainfoError)
        /// It is a torrent, and another one than was asked for. The file is kept at this path.
        case notAsAsked([Mismatch], kept: FilePath?)
        case cannotSave(FileError)
        /// The file was saved at this path, and the server did not take it for seeding.
        case seeding(ServerError, saved: FilePath)
        case cancelled
    }

    package let code: Code
    /// The source as it was typed.
    package let source: FilePath
    /// The source as the server was told.
    package let sourceThere: String?

    package init(_ code: Code, of source: FilePath, there sourceThere: String? = nil) {
        self.code = code
        self.source = source
        self.sourceThere = sourceThere
    }
}
