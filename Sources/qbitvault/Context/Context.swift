import QBittorrentClient
import SystemPackage

/// What a run works with: the world, the settings in force, and what follows from them.
struct Context: Sendable {
    let world: World
    var settings: Settings
    /// Nil where defaults and the environment are all there is.
    let file: ConfigurationFile?
    let known = KnownVault()

    /// The name entries are kept under.
    var serverName: String { "default" }

    init(_ world: World, _ options: GlobalOptions) throws {
        try self.init(world, options) { _ in true }
    }

    private init(_ world: World, _ options: GlobalOptions, where isWanted: (ConfigurationFile) -> Bool) throws {
        self.world = world
        let candidates = ConfigurationFile.candidates(
            option: options.config.map { FilePath($0) }, environment: world.environment)
        let loaded = try LoadedSettings.load(
            from: candidates.filter(isWanted), environment: world.environment)
        settings = loaded.settings
        file = loaded.file
        if let warning = Hardening.warning { world.output.note(warning) }
        if !settings.qbittorrent.verifyTLS { world.output.note("verify_tls is off: anybody can pose as the server") }
    }

    /// The same without a configuration that was merely found in the working folder: what is set up must not rest on
    /// it, because the user's own is looked at first from then on.
    func withoutFoundFile(_ options: GlobalOptions) throws -> Context {
        guard let file, !file.isTrusted else { return self }
        world.output.note("\(file.path) was merely found here, and is not used")
        return try Context(world, options) { $0.isTrusted }
    }

    /// The server that the settings name.
    func server() throws -> Server {
        let qbittorrent = settings.qbittorrent
        do {
            if let url = qbittorrent.url { return try Server(url) }
            return try Server(
                scheme: qbittorrent.useHTTPS ? .https : .http, host: qbittorrent.host, port: qbittorrent.port,
                basePath: qbittorrent.basePath)
        } catch {
            throw Problem(
                .configuration, "The server's address is not sound (\(error.code)).",
                at: file?.path.string ?? "the environment", next: "correct host, port and base_path, or url")
        }
    }

    /// How the server is reached.
    func transport() -> HTTPTransport.Settings {
        let qbittorrent = settings.qbittorrent
        var transport = HTTPTransport.Settings()
        transport.connectTimeout = qbittorrent.connectionTimeout
        transport.readTimeout = qbittorrent.readTimeout
        transport.deadline = deadline
        transport.connections = qbittorrent.poolMaxSize
        if !qbittorrent.verifyTLS {
            transport.trust = .anything
        } else if let file = qbittorrent.caFile {
            transport.trust = .authorities(file)
        }
        return transport
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
    private var deadline: Duration { settings.qbittorrent.connectionTimeout + settings.qbittorrent.readTimeout * 4 }

    func allowsPlainHTTP(to server: Server) -> Bool {
        settings.qbittorrent.allowPlainHTTP.contains { (try? Server(scheme: .http, host: $0))?.host == server.host }
    }
}
