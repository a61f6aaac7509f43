package import QBittorrentClient
package import SystemPackage

/// One torrent that somebody wants: of what, how, and where the file goes.
package struct TorrentOrder: Hashable, Sendable {
    /// As it was typed.
    package let source: FilePath
    package let mapping: PathMapping
    package let parameters: CreationParameters
    /// The .torrent file to be.
    package let result: FilePath
    /// Permission bits of the result; nil follows the umask.
    package let mode: FilePermissions?
    /// Whether a file that stands there may be replaced.
    package private(set) var overwrites: Bool
    /// How it is added to the server after it was found right; nil when it is not to be seeded.
    package let seeding: Torrents.Options?
    /// Whether all bytes are hashed here as well, and compared.
    package let verifiesData: Bool

    package init(
        source: FilePath, mapping: PathMapping, parameters: CreationParameters, result: FilePath,
        mode: FilePermissions? = nil, overwrites: Bool = false, seeding: Torrents.Options? = nil,
        verifiesData: Bool = false
    ) {
        self.source = source
        self.mapping = mapping
        self.parameters = parameters
        self.result = result
        self.mode = mode
        self.overwrites = overwrites
        self.seeding = seeding
        self.verifiesData = verifiesData
    }

    /// The same, where the file that stands there may be replaced.
    func overwriting() -> TorrentOrder {
        var order = self
        order.overwrites = true
        return order
    }
}

/// A torrent that was made, found right and saved.
package struct CreatedTorrent: Hashable, Sendable {
    package let path: FilePath
    package let metainfo: Metainfo
    package let verification: Verification
    /// What the server does with it; nil where it was not to be added.
    package let state: SeedingState?

    /// Whether the server seeds it now.
    package var isSeeding: Bool { state?.isSeeding ?? false }
}
