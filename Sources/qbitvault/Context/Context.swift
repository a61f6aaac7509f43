import Logging
import QBittorrentClient
import SystemPackage

/// What a run works with: the world, the settings in force, and what follows from them.
struct Context: Sendable {
    var world: World
    /// Those of the server that it is about stand in `qbittorrent`.
    var settings: Settings
    /// Where they come from.
    private(set) var loaded: LoadedSettings
    private(set) var known = KnownStores()

    /// A certificate that a person has accepted for this run, and the server that presents it; not written down yet.
    var accepted: (server: Server, certificate: ServerCertificate)?

    /// The server that it is about, by its name in the configuration: what its credentials are kept under.
    var serverName = ServerName.usual
    /// Whether it is worked on beside others, so that words need its name.
    var isOneOfSeveral = false

    /// Nil where defaults and the environment are all there is.
    var file: ConfigurationFile? { loaded.file }

    init(_ world: World, _ options: GlobalOptions, _ scope: ServerScope) throws {
        try self.init(world, options, scope) { _ in true }
    }

    private init(
        _ world: World, _ options: GlobalOptions, _ scope: ServerScope, where isWanted: (ConfigurationFile) -> Bool
    ) throws {
        self.world = world
        let candidates = ConfigurationFile.candidates(
            option: options.config.map { FilePath($0) }, environment: world.environment)
        loaded = try LoadedSettings.load(
            from: candidates.filter(isWanted), environment: world.environment)
        settings = loaded.settings
        world.log.info("configuration: \(loaded.file?.path.string ?? "no file, defaults and the environment")")
        if let warning = Hardening.warning { world.output.note(warning) }
        if options.allServers { return }
        self = try about(options.server ?? ServerName.usual, scope)
    }

    /// The same without a configuration that was merely found in the working folder: what is set up must not rest on
    /// it, because the user's own is looked at first from then on.
    func withoutFoundFile(_ options: GlobalOptions, _ scope: ServerScope) throws -> Context {
        guard let file, !file.isTrusted else { return self }
        world.output.note("\(file.path) was merely found here, and is not used")
        return try Context(world, options, scope) { $0.isTrusted }
    }

    /// The server that the settings name.
    func server() throws -> Server {
        do { return try settings.qbittorrent.server() } catch {
            throw Problem(
                .configuration, "The server's address is not sound (\(error.code)).",
                at: file?.path.string ?? "the environment", next: "correct host, port and base_path, or url")
        }
    }

    /// How long a call goes on trying. A server that goes away is waited for as long as one that is silent.
    func retries() -> RetryRules {
        var retries = RetryRules()
        retries.deadline = deadline
        retries.patience = settings.qbittorrent.readTimeout
        retries.firstPatience = min(retries.firstPatience, retries.patience)
        return retries
    }

    /// Of a whole call. A server that sends a byte now and then is never silent, and comes to an end by this alone.
    var deadline: Duration { settings.qbittorrent.connectionTimeout + settings.qbittorrent.readTimeout * 4 }

    func allowsPlainHTTP(to server: Server) -> Bool { settings.qbittorrent.allowsPlainHTTP(to: server) }
}
