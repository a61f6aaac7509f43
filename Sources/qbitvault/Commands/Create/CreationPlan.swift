import QBittorrentClient
import Synchronization
import SystemPackage
import TorrentCreation

/// What the options and the configuration ask for, for every source of a run.
struct CreationPlan: Sendable {
    let parameters: CreationParameters
    let resultFolder: FilePath
    /// What holds where no option says otherwise.
    let settings: CreationSettings
    private let mode: FilePermissions?
    private let overwrites: Bool
    private let verifiesData: Bool
    private let seeding: Torrents.Options?
    private let map: PathMap
    /// Whether sources are named as the server sees them.
    private let takesServerPaths: Bool
    private let workingFolder: FilePath

    init(_ command: Create, in context: Context) throws {
        settings = try command.torrent.settings(in: context)
        parameters = try command.torrent.parameters(settings, in: context)
        if parameters.isPrivate, !parameters.webSeeds.isEmpty {
            context.world.output.note("web seeds in a private torrent: whoever knows their addresses needs no tracker")
        }
        resultFolder = command.result.folder(settings)
        mode = command.result.mode(settings)
        overwrites = command.result.overwrite
        verifiesData = command.result.verifyData ?? settings.verifiesData
        seeding = try command.seeding.options(settings)
        map = try context.pathMap()
        takesServerPaths = command.list.serverPath
        workingFolder = context.world.workingFolder
    }

    func order(for source: FilePath) throws -> TorrentOrder {
        let mapping =
            try takesServerPaths ? map.mapping(ofServerPath: source) : map.there(for: source, in: workingFolder)
        guard let name = mapping.here.lastComponent else {
            throw Problem(
                .sourceOrPathWrong, "The root folder has no name.", at: source.string, next: "name a folder in it")
        }
        let result = workingFolder.pushing(resultFolder).appending(ResultOptions.fileName(for: name.string))
        return TorrentOrder(
            source: source, mapping: mapping, parameters: parameters, result: result.lexicallyNormalized(),
            mode: mode, overwrites: overwrites, seeding: seeding, verifiesData: verifiesData)
    }

    /// - Parameter first: what the first source has come to already, where it was looked at.
    func supply(_ paths: [FilePath], first: Supplied?) -> Supply {
        let next = Mutex(0)
        return {
            let place = next.withLock { next in
                defer { next += 1 }
                return next
            }
            guard place < paths.count else { return nil }
            if place == 0, let first { return first }
            do { return .order(try order(for: paths[place])) } catch {
                return .failed(source: paths[place], error)
            }
        }
    }
}
