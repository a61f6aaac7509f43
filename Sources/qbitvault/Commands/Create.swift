import ArgumentParser
import QBittorrentClient
import SystemPackage
import TorrentCreation

/// Makes a torrent on the server.
struct Create: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a torrent of a file or folder on the server.",
        usage: "qbitvault create <source> [<options>]",
        discussion: """
            The server makes it, qbitvault fetches it, compares it with what was asked and with the files, saves it \
            and deletes the server's task. Nothing is announced unless you say --start-seeding, and then only after \
            the torrent was found right.
            """
    )

    @Argument(help: ArgumentHelp("A file or folder, as this machine sees it.", valueName: "source"))
    var sources: [String]

    @OptionGroup(title: "Torrent") var torrent: TorrentOptions
    @OptionGroup(title: "Result") var result: ResultOptions
    @OptionGroup(title: "Seeding") var seeding: SeedingOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard sources.count == 1 else {
            throw ValidationError(
                "One source makes one torrent, and \(sources.count) were given. Run create once for each; a name that "
                    + "holds blanks needs quotes.")
        }
    }

    func run(in context: Context) async throws {
        let settings = context.settings.torrentCreation
        let checked = try order(sources[0], in: context).checked()
        let limits = result.limits(settings)
        let output = context.world.output
        let created = try await context.signedIn(credentials) { signedIn in
            let maker = try await TorrentMaker(signedIn.session, limits: limits)
            let torrent: CreatedTorrent
            do throws(CreationError) {
                torrent = try await maker.make(checked) { progress in
                    if let words = progress.words { output.note(words) }
                }
            } catch { throw Self.unspeakable(error) ?? error }
            return Created(torrent, from: checked.order, place: signedIn.place)
        }
        try output.result(created)
    }

    /// 5.3.0 puts the name into a header as it is, and a line break in it breaks the answer (observed).
    private static func unspeakable(_ error: CreationError) -> Problem? {
        guard case .server(let problem) = error.code, problem.code == .transport(.notHTTP),
            error.source.string.inOneLine != error.source.string
        else { return nil }
        return Problem(
            .sourceOrPathWrong, "The server cannot hand out a torrent with a line break or the like in its name.",
            at: error.source.string.inOneLine, next: "rename the source")
    }

    private func order(_ source: String, in context: Context) throws -> TorrentOrder {
        let settings = context.settings.torrentCreation
        let rules = try context.settings.qbittorrent.dockerPathMapping.map {
            try TorrentCreation.PathRule(here: $0.here, there: $0.there)
        }
        let typed = FilePath(source)
        let mapping = try PathMap(rules).there(for: typed, in: context.world.workingFolder)
        guard let name = mapping.here.lastComponent else {
            throw Problem(.sourceOrPathWrong, "The root folder has no name.", at: source, next: "name a folder in it")
        }
        return TorrentOrder(
            source: typed, mapping: mapping, parameters: try torrent.parameters(settings),
            result: result.file(named: name.string, settings), mode: result.mode(settings),
            overwrites: result.overwrite, seeding: try seeding.options(settings))
    }
}

extension CreationDriver.Progress {
    /// Nil for what is not worth a line.
    fileprivate var words: String? {
        switch self {
        case .submitted, .waiting, .running: nil
        case .withoutTuning: "the server refuses piece size, alignment or padding; going on without them"
        case .submittedAgain: "the server lost the task; submitting it again"
        case .taskLeft(let id): "the server's task \(id) could not be deleted; it is still in its list"
        }
    }
}
