import SystemPackage
import Testing

@testable import qbitvault

@Suite struct SettingsValueTests {
    @Test(arguments: ["", "qbittorrent:\n", "qbittorrent: {}\ncredentials: ~\n", "qbittorrent:\n  host:\n  port: ~\n"])
    func whatIsNotSaidIsTheDefault(_ text: String) throws {
        #expect(try settings(text) == Settings())
    }

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
    }
}
