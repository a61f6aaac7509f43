import CredentialStores
import SystemPackage

/// Everything that `config.yaml` and the environment can say. What they do not say stands here as its default.
struct Settings: Hashable, Sendable {
    var qbittorrent = ServerSettings()
    /// `servers:`, in the order of the file.
    var servers: [NamedServer] = []
    var credentials = CredentialSettings()
    var torrentCreation = CreationSettings()
}

/// `qbittorrent:`, where the server is and how it is talked to.
struct ServerSettings: Hashable, Sendable {
    /// Says what `host`, `port`, `useHTTPS` and `basePath` say otherwise; where it is set, they are not looked at.
    var url: String?
    var host = "localhost"
    var port = 8080
    var useHTTPS = false
    var basePath = ""
    /// `auth.method`
    var authMethod = AuthMethod.automatic
    /// Signs in; nil leaves it to the source that has the password.
    var username: String?
    var verifyTLS = true
    /// Certificates (PEM) to trust in place of the system's.
    var caFile: FilePath?
    /// Shown to a proxy that wants one (PEM), and its key.
    var clientCertificate: FilePath?
    var clientKey: FilePath?
    /// Hosts a password may travel to over plain http, beside loopback.
    var allowPlainHTTP: [String] = []
    /// Sent with every request, for a proxy in front of the server.
    var headers: [HeaderSetting] = []
    var connectionTimeout = Duration.seconds(10)
    var readTimeout = Duration.seconds(30)
    /// Servers worked on at once.
    var poolConnections = 10
    /// Connections per server.
    var poolMaxSize = 10
    /// In the order of the file.
    var dockerPathMapping: [PathRule] = []
}

/// One entry of `servers:`, with everything that it takes over from `qbittorrent:`.
struct NamedServer: Hashable, Sendable {
    let name: String
    var settings: ServerSettings
}

/// One line of `docker_path_mapping:`, the same folder under its two names.
struct PathRule: Hashable, Sendable {
    /// As this program sees it.
    let here: String
    /// As qBittorrent sees it.
    let there: String
    /// The line that says so, in the file or the variable that it comes from.
    var line: Int?

    static func == (one: PathRule, other: PathRule) -> Bool { one.here == other.here && one.there == other.there }

    func hash(into hasher: inout Hasher) {
        hasher.combine(here)
        hasher.combine(there)
    }
}

/// What may be sent to a server to sign in.
enum AuthMethod: String, CaseIterable, Sendable {
    /// The API key where one is kept and the server accepts it, else the password.
    case automatic = "auto"
    case password
    case apiKey = "api_key"
}

/// `credentials:`, where they rest.
struct CredentialSettings: Hashable, Sendable {
    var store = StoreChoice.automatic
    /// Nil means the vault in the data folder.
    var vault: FilePath?
    /// Nil means the key file in the state folder.
    var keyFile: FilePath?
    /// One deadline over everything that the keyring is asked, dialogs excepted.
    var keyringTimeout = Duration.seconds(3)
    /// How long a dialog of the keyring may stay, where a person is there to answer it.
    var keyringDialogTimeout = Duration.seconds(60)
    /// A program that prints the vault's passphrase, and its arguments.
    var passphraseCommand: [String]?
    /// A program that prints a credential, and its arguments.
    var command: [String]?
    /// What it is asked for; nil leaves that to its words.
    var commandNames: [CredentialName]?
    /// How long one of these programs may take.
    var commandTimeout = Duration.seconds(30)
}

/// Which store is meant.
enum StoreChoice: String, CaseIterable, Sendable {
    /// Whichever the first write chose and recorded.
    case automatic = "auto"
    case keyring, vault
    /// A program that prints credentials, and keeps none.
    case command
}

/// `torrent_creation:`, what holds unless the command line says otherwise.
struct CreationSettings: Hashable, Sendable {
    /// `v1`, `v2` or `hybrid`; nil leaves the choice to the program.
    var format: String?
    var isPrivate = false
    /// In bytes; nil lets the server choose.
    var pieceSize: Int?
    var comment: String?
    var source: String?
    /// Tiers of announce addresses.
    var trackers: [[String]] = []
    var webSeeds: [String] = []
    var ignoreDotfiles = true
    /// For servers with libtorrent 1.2; nil sends nothing.
    var optimizeAlignment: Bool?
    /// In bytes, for servers with libtorrent 1.2; nil sends nothing.
    var paddedFileSizeLimit: Int?
    var startSeeding = false
    /// What a torrent is added with where it is seeded.
    var category: String?
    var tags: [String] = []
    /// As the server sees it; nil means beside the source.
    var savePath: String?
    /// Whether all bytes are hashed here too.
    var verifiesData = false
    /// Nil means the working folder.
    var outputFolder: FilePath?
    /// Permission bits of a made file; nil follows the caller's umask.
    var outputMode: UInt32?
    /// The longest time without progress.
    var timeout = Duration.seconds(300)
    /// The slowest pace at which progress is asked for.
    var pollInterval = Duration.seconds(2)
    /// The longest time altogether, progress or not; nil sets no end.
    var longest: Duration?
    /// `presets:`, in the order of the file.
    var presets: [CreationPreset] = []

    /// The same, with what a preset says in place of what is said here.
    func with(_ preset: CreationPreset) -> CreationSettings {
        var settings = Settings()
        settings.torrentCreation = self
        for (key, node) in zip(preset.keys, preset.nodes) {
            _ = SettingKey.all.first { $0.path == key }?.store(node, preset.base, &settings)
        }
        return settings.torrentCreation
    }
}

/// A named set of what `torrent_creation:` can say, such as one for each tracker. It is applied last, above the environment.
struct CreationPreset: Hashable, Sendable {
    let name: String
    /// Paths of keys that it says something about, and what: found sound when the file was read.
    let keys: [String]
    let nodes: [YamlNode]
    let base: PathBase
}
