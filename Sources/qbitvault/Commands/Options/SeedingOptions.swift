import ArgumentParser
import QBittorrentClient

/// Whether and how the server seeds the torrent afterwards.
struct SeedingOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Add the torrent to the server once it was found right.")
    var startSeeding: Bool?

    @Option(help: "The category it is added to.")
    var category: String?

    @Option(help: ArgumentHelp("Tags for it, with commas between them.", valueName: "tags"))
    var tags: String?

    @Option(help: ArgumentHelp("Where the server finds the files, if not beside the source.", valueName: "folder"))
    var savePath: String?

    /// Nil when it is not to be seeded.
    func options(_ settings: CreationSettings) throws -> Torrents.Options? {
        guard startSeeding ?? settings.startSeeding else {
            let idle = [("--category", category), ("--tags", tags), ("--save-path", savePath)].first { $0.1 != nil }
            guard let idle else { return nil }
            throw Problem(
                .usage, "\(idle.0) says how to seed, and the torrent is not to be seeded.", at: idle.0,
                next: "add --start-seeding, or leave \(idle.0) out")
        }
        var options = Torrents.Options()
        options.savePath = savePath ?? settings.savePath
        options.category = category ?? settings.category
        options.tags = tags?.split(separator: ",").map(String.init) ?? settings.tags
        options.skipsChecking = true
        return options
    }
}
