import SystemPackage
import Testing

@testable import qbitvault

@Suite struct SettingsValueTests {
    @Test(arguments: ["", "qbittorrent:\n", "qbittorrent: {}\ncredentials: ~\n", "qbittorrent:\n  host:\n  port: ~\n"])
    func whatIsNotSaidIsTheDefault(_ text: String) throws {
        #expect(try settings(text) == Settings())
    }

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
    }
}
