import ArgumentParser
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// Where the .torrent file goes, and how long it may take.
struct ResultOptions: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("The folder that the .torrent file goes to.", valueName: "folder"))
    var output: String?

    @Flag(help: "Replace a .torrent file that is there already.")
    var overwrite = false

    @Option(help: ArgumentHelp("Give up after so long without progress.", valueName: "seconds"))
    var timeout: Int?

    @Option(help: ArgumentHelp("Give up after so long in all.", valueName: "seconds"))
    var maxTime: Int?

    func validate() throws {
        guard (timeout ?? 1) > 0, (maxTime ?? 1) > 0 else { throw ValidationError("A time must be at least a second.") }
    }

    func file(named name: String, _ settings: CreationSettings) -> FilePath {
        let folder = output.map { FilePath($0) } ?? settings.outputFolder ?? "."
        return folder.appending(name + ".torrent")
    }

    func mode(_ settings: CreationSettings) throws -> FilePermissions? {
        settings.outputMode.map { FilePermissions(rawValue: $0) }
    }

    func limits(_ settings: CreationSettings) throws -> Creation.Limits {
        var limits = Creation.Limits()
        limits.withoutProgress = timeout.map { .seconds($0) } ?? settings.timeout
        limits.inAll = maxTime.map { .seconds($0) } ?? settings.longest
        limits.slowestPace = settings.pollInterval
        return limits
    }
}

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

    func options(_ settings: CreationSettings) -> Torrents.Options? {
        guard startSeeding ?? settings.startSeeding else { return nil }
        var options = Torrents.Options()
        options.savePath = savePath
        options.category = category
        options.tags = tags?.split(separator: ",").map(String.init) ?? []
        options.skipsChecking = true
        return options
    }
}
