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
        /// The files have changed since they were looked at, so that the torrent may not be theirs.
        case sourceChanged
        /// Another source of the same run makes this file.
        case sameResult(FilePath)
        /// What this program remembers of its tasks cannot be written, so none is made.
        case journal(FileError)
        case cancelled
    }

    package let code: Code
    /// The source as it was typed.
    package let source: FilePath
    /// The source as the server was told.
    package let sourceThere: String?
    /// What it waited behind on the server; nil where that is not the reason.
    package internal(set) var obstacle: QueueObstacle?

    package init(_ code: Code, of source: FilePath, there sourceThere: String? = nil) {
        self.code = code
        self.source = source
        self.sourceThere = sourceThere
    }
}

extension CreationError {
    /// What the next source would meet as well; nil where this one alone is concerned.
    var endOfAll: (any Error)? {
        switch code {
        case .server(let problem): problem.concernsAllSources ? problem : nil
        case .cannotSave(let problem):
            switch problem.code {
            case .failed(_, .noSpace), .failed(_, .diskQuotaExceeded), .failed(_, .readOnlyFileSystem): self
            default: nil
            }
        default: nil
        }
    }
}
