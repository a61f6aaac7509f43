import ArgumentParser
import QBittorrentClient
import SecureFiles
import SystemPackage
import TorrentCreation

/// Makes torrents on the server.
struct Create: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make torrents of files and folders on the server.",
        usage: "qbitvault create <source> ... [<options>]",
        discussion: """
            The server makes them, qbitvault fetches each, compares it with what was asked and with the files, saves it \
            and deletes the server's task. Nothing is announced unless you say --start-seeding, and then only after \
            the torrent was found right. What a run has made is passed over by the next one, so a timer that runs \
            `create --each FOLDER` does a watch folder's work.
            """
    )

    @Argument(
        help: ArgumentHelp("Files or folders, as this machine sees them; each makes a torrent.", valueName: "source"))
    var sources: [String] = []

    @OptionGroup(title: "Sources") var list: SourceOptions
    @OptionGroup(title: "Torrent") var torrent: TorrentOptions
    @OptionGroup(title: "Result") var result: ResultOptions
    @OptionGroup(title: "Seeding") var seeding: SeedingOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !sources.isEmpty || list.from != nil || !list.each.isEmpty else {
            throw ValidationError("Name what the torrents are of: a file, a folder, --from FILE or --each FOLDER.")
        }
    }

    func run(in context: Context) async throws {
        // What is remembered of tasks is no secret source.
        do { try await make(in: context) } catch let error as FileError { throw Problem(writing: error) }
    }

    private func make(in context: Context) async throws {
        let plan = try CreationPlan(self, in: context)
        let paths = try SourceList(
            sources, list, takesDotfiles: !plan.parameters.ignoreDotfiles, results: plan.resultFolder,
            in: context.world.workingFolder
        ).paths
        let telling = CreationTelling(context.world.output, paths.count, screen: screen(in: context.world))
        defer { telling.stopDrawing() }
        guard !paths.isEmpty else { return try telling.finish(.complete) }
        let memories = try context.world.folders.state.appending("creation")
        let server = try context.server().origin
        var first: Supplied?
        if paths.count == 1 {
            // What is wrong with the only one is known before anybody signs in.
            switch try EarlierRuns(CreationMemory(existingIn: memories, server: server)).look(
                plan.order(for: paths[0]), makesAgain: list.again)
            {
            case .already(let made):
                telling.hear(.ended(0, source: paths[0], .already(made)))
                return try telling.finish(.complete)
            case .checked(let checked): first = .checked(checked)
            }
        }
        var options = TorrentMaker.Options()
        options.limits = result.limits(plan.settings)
        options.failsFast = list.failsFast
        options.makesAgain = list.again
        let supply = plan.supply(paths, first: first)
        let memory = try CreationMemory(in: memories, server: server)
        let locks = try list.each.map { try memory.lock(watching: context.world.workingFolder.pushing(FilePath($0))) }
        defer { withExtendedLifetime(locks) {} }
        try await context.signedIn(credentials) { [options] signedIn in
            telling.signedIn(by: signedIn.place)
            let maker = try await TorrentMaker(signedIn.session, options, memory: memory)
            try telling.finish(try await maker.makeAll(supply) { telling.hear($0) })
        }
    }

    /// Where progress is drawn: a terminal with a person before it who has not asked for plain lines.
    private func screen(in world: World) -> StatusLines? {
        guard !global.quiet, !global.json, global.color != .never, global.verbose == 0 else { return nil }
        return StatusLines(environment: world.environment)
    }
}
