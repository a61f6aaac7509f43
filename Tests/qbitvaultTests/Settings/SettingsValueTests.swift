import SystemPackage
import Testing

@testable import qbitvault

@Suite struct SettingsValueTests {
    @Test(arguments: ["", "qbittorrent:\n", "qbittorrent: {}\ncredentials: ~\n", "qbittorrent:\n  host:\n  port: ~\n"])
    func whatIsNotSaidIsTheDefault(_ text: String) throws {
        #expect(try settings(text) == Settings())
    }

<<<<<<< HEAD
    @Test(
        arguments: [
            ("host: nas", { $0.qbittorrent.host = "nas" }),
            ("host: 192.168.1.2", { $0.qbittorrent.host = "192.168.1.2" }),
            ("host: \"::1\"", { $0.qbittorrent.host = "::1" }),
            ("port: 65535", { $0.qbittorrent.port = 65535 }),
            ("use_https: true", { $0.qbittorrent.useHTTPS = true }),
            ("use_https: Yes", { $0.qbittorrent.useHTTPS = true }),
            ("verify_tls: off", { $0.qbittorrent.verifyTLS = false }),
            ("base_path: /qb", { $0.qbittorrent.basePath = "/qb" }),
            ("url: https://nas:8443/qb", { $0.qbittorrent.url = "https://nas:8443/qb" }),
            ("username: 1234", { $0.qbittorrent.username = "1234" }),
            ("username: no", { $0.qbittorrent.username = "no" }),
            ("ca_file: ca.pem", { $0.qbittorrent.caFile = "/etc/x/ca.pem" }),
            ("ca_file: /ca.pem", { $0.qbittorrent.caFile = "/ca.pem" }),
            ("ca_file: ~/ca.pem", { $0.qbittorrent.caFile = "/home/a/ca.pem" }),
            ("allow_plain_http: qbittorrent", { $0.qbittorrent.allowPlainHTTP = ["qbittorrent"] }),
            ("allow_plain_http: [a, b]", { $0.qbittorrent.allowPlainHTTP = ["a", "b"] }),
            ("connection_timeout: 0.25", { $0.qbittorrent.connectionTimeout = .milliseconds(250) }),
            ("read_timeout: 86400", { $0.qbittorrent.readTimeout = .seconds(86400) }),
            ("pool_connections: 1", { $0.qbittorrent.poolConnections = 1 }),
            ("pool_maxsize: 1000", { $0.qbittorrent.poolMaxSize = 1000 }),
            (
                "docker_path_mapping: {\"/b\": \"/data\", /a: 'C:/x'}",
                {
                    $0.qbittorrent.dockerPathMapping = [
                        .init(here: "/b", there: "/data"), .init(here: "/a", there: "C:/x"),
                    ]
                }
            ),
        ] as [(String, @Sendable (inout Settings) -> Void)])
    func qbittorrent(_ line: String, change: @Sendable (inout Settings) -> Void) throws {
        #expect(try settings("qbittorrent:\n  \(line)\n") == defaults(change))
    }

    @Test(
        arguments: [
            ("store: keyring", { $0.credentials.store = .keyring }),
            ("store: \"vault\"", { $0.credentials.store = .vault }),
            ("vault_path: /v.qbv", { $0.credentials.vault = "/v.qbv" }),
            ("vault: v.qbv", { $0.credentials.vault = "/etc/x/v.qbv" }),
            ("key_file: ~/k", { $0.credentials.keyFile = "/home/a/k" }),
            ("keyring_timeout: 10", { $0.credentials.keyringTimeout = .seconds(10) }),
        ] as [(String, @Sendable (inout Settings) -> Void)])
    func credentials(_ line: String, change: @Sendable (inout Settings) -> Void) throws {
        #expect(try settings("credentials:\n  \(line)\n") == defaults(change))
    }

    @Test(
        arguments: [
            ("format: v2", { $0.torrentCreation.format = "v2" }),
            ("private: true", { $0.torrentCreation.isPrivate = true }),
            ("piece_size: auto", { $0.torrentCreation.pieceSize = nil }),
            ("piece_size: 16KiB", { $0.torrentCreation.pieceSize = 16384 }),
            ("piece_size: 128 MiB", { $0.torrentCreation.pieceSize = 134_217_728 }),
            ("piece_size: 65536", { $0.torrentCreation.pieceSize = 65536 }),
            ("comment: \"two\\nlines\"", { $0.torrentCreation.comment = "two\nlines" }),
            ("source: ''", { $0.torrentCreation.source = "" }),
            ("trackers: http://a/x", { $0.torrentCreation.trackers = [["http://a/x"]] }),
            ("trackers: [a, [b, c]]", { $0.torrentCreation.trackers = [["a"], ["b", "c"]] }),
            ("web_seeds: [a, b]", { $0.torrentCreation.webSeeds = ["a", "b"] }),
            ("ignore_dotfiles: false", { $0.torrentCreation.ignoreDotfiles = false }),
            ("optimize_alignment: false", { $0.torrentCreation.optimizeAlignment = false }),
            ("padded_file_size_limit: 0", { $0.torrentCreation.paddedFileSizeLimit = 0 }),
            ("start_seeding: true", { $0.torrentCreation.startSeeding = true }),
            ("output_dir: out", { $0.torrentCreation.outputFolder = "/etc/x/out" }),
            ("output_mode: \"0640\"", { $0.torrentCreation.outputMode = 0o640 }),
            ("output_mode: 644", { $0.torrentCreation.outputMode = 0o644 }),
            ("timeout: 60", { $0.torrentCreation.timeout = .seconds(60) }),
            ("poll_interval: 0.5", { $0.torrentCreation.pollInterval = .milliseconds(500) }),
            ("max_time: 3600", { $0.torrentCreation.longest = .seconds(3600) }),
        ] as [(String, @Sendable (inout Settings) -> Void)])
    func torrentCreation(_ line: String, change: @Sendable (inout Settings) -> Void) throws {
        #expect(try settings("torrent_creation:\n  \(line)\n") == defaults(change))
=======
    @Test(arguments: [
        Saying("host: nas") { $0.qbittorrent.host = "nas" },
        Saying("host: 192.168.1.2") { $0.qbittorrent.host = "192.168.1.2" },
        Saying("host: \"::1\"") { $0.qbittorrent.host = "::1" },
        Saying("port: 65535") { $0.qbittorrent.port = 65535 },
        Saying("use_https: true") { $0.qbittorrent.useHTTPS = true },
        Saying("use_https: Yes") { $0.qbittorrent.useHTTPS = true },
        Saying("verify_tls: off") { $0.qbittorrent.verifyTLS = false },
        Saying("base_path: /qb") { $0.qbittorrent.basePath = "/qb" },
        Saying("url: https://nas:8443/qb") { $0.qbittorrent.url = "https://nas:8443/qb" },
        Saying("username: 1234") { $0.qbittorrent.username = "1234" },
        Saying("username: no") { $0.qbittorrent.username = "no" },
        Saying("ca_file: ca.pem") { $0.qbittorrent.caFile = "/etc/x/ca.pem" },
        Saying("ca_file: /ca.pem") { $0.qbittorrent.caFile = "/ca.pem" },
        Saying("ca_file: ~/ca.pem") { $0.qbittorrent.caFile = "/home/a/ca.pem" },
        Saying("allow_plain_http: qbittorrent") { $0.qbittorrent.allowPlainHTTP = ["qbittorrent"] },
        Saying("allow_plain_http: [a, b]") { $0.qbittorrent.allowPlainHTTP = ["a", "b"] },
        Saying("connection_timeout: 0.25") { $0.qbittorrent.connectionTimeout = .milliseconds(250) },
        Saying("read_timeout: 86400") { $0.qbittorrent.readTimeout = .seconds(86400) },
        Saying("pool_connections: 1") { $0.qbittorrent.poolConnections = 1 },
        Saying("pool_maxsize: 1000") { $0.qbittorrent.poolMaxSize = 1000 },
        Saying("docker_path_mapping: {\"/b\": \"/data\", /a: 'C:/x'}") {
            $0.qbittorrent.dockerPathMapping = [.init(here: "/b", there: "/data"), .init(here: "/a", there: "C:/x")]
        },
    ])
    func qbittorrent(_ line: Saying) throws {
        #expect(try settings("qbittorrent:\n  \(line.text)\n") == defaults(line.change))
    }

    @Test(arguments: [
        Saying("store: keyring") { $0.credentials.store = .keyring },
        Saying("store: \"vault\"") { $0.credentials.store = .vault },
        Saying("vault_path: /v.qbv") { $0.credentials.vault = "/v.qbv" },
        Saying("vault: v.qbv") { $0.credentials.vault = "/etc/x/v.qbv" },
        Saying("key_file: ~/k") { $0.credentials.keyFile = "/home/a/k" },
        Saying("keyring_timeout: 10") { $0.credentials.keyringTimeout = .seconds(10) },
    ])
    func credentials(_ line: Saying) throws {
        #expect(try settings("credentials:\n  \(line.text)\n") == defaults(line.change))
    }

    @Test(arguments: [
        Saying("format: v2") { $0.torrentCreation.format = "v2" },
        Saying("private: true") { $0.torrentCreation.isPrivate = true },
        Saying("piece_size: auto") { $0.torrentCreation.pieceSize = nil },
        Saying("piece_size: 16KiB") { $0.torrentCreation.pieceSize = 16384 },
        Saying("piece_size: 128 MiB") { $0.torrentCreation.pieceSize = 134_217_728 },
        Saying("piece_size: 65536") { $0.torrentCreation.pieceSize = 65536 },
        Saying("comment: \"two\\nlines\"") { $0.torrentCreation.comment = "two\nlines" },
        Saying("source: ''") { $0.torrentCreation.source = "" },
        Saying("trackers: http://a/x") { $0.torrentCreation.trackers = [["http://a/x"]] },
        Saying("trackers: [a, [b, c]]") { $0.torrentCreation.trackers = [["a"], ["b", "c"]] },
        Saying("web_seeds: [a, b]") { $0.torrentCreation.webSeeds = ["a", "b"] },
        Saying("ignore_dotfiles: false") { $0.torrentCreation.ignoreDotfiles = false },
        Saying("optimize_alignment: false") { $0.torrentCreation.optimizeAlignment = false },
        Saying("padded_file_size_limit: 0") { $0.torrentCreation.paddedFileSizeLimit = 0 },
        Saying("start_seeding: true") { $0.torrentCreation.startSeeding = true },
        Saying("output_dir: out") { $0.torrentCreation.outputFolder = "/etc/x/out" },
        Saying("output_mode: \"0640\"") { $0.torrentCreation.outputMode = 0o640 },
        Saying("output_mode: 644") { $0.torrentCreation.outputMode = 0o644 },
        Saying("timeout: 60") { $0.torrentCreation.timeout = .seconds(60) },
        Saying("poll_interval: 0.5") { $0.torrentCreation.pollInterval = .milliseconds(500) },
        Saying("max_time: 3600") { $0.torrentCreation.longest = .seconds(3600) },
    ])
    func torrentCreation(_ line: Saying) throws {
        #expect(try settings("torrent_creation:\n  \(line.text)\n") == defaults(line.change))
>>>>>>> 0a0fb8b34f68c8d207d6d1c0c3fe9ca8f96eaa2e
    }
}
