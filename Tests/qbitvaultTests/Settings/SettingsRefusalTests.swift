import SystemPackage
import Testing

@testable import qbitvault

@Suite struct SettingsRefusalTests {
    /// Each stands alone on line 2 of its section.
    @Test(
        arguments: [
            ("qbittorrent", "port: 0", .text("0")), ("qbittorrent", "port: 65536", .text("65536")),
            ("qbittorrent", "port: -1", .text("-1")), ("qbittorrent", "port: \"8080\"", .text("8080")),
            ("qbittorrent", "port: 80.0", .text("80.0")), ("qbittorrent", "port: 0x50", .text("0x50")),
            ("qbittorrent", "port: [8080]", .list),
            ("qbittorrent", "port: 99999999999999999999", .text("99999999999999999999")),
            ("qbittorrent", "host: {a: b}", .mapping), ("qbittorrent", "host: ''", .text("")),
            ("qbittorrent", "host: http://nas", .text("http://nas")),
            ("qbittorrent", "host: nas:8080", .text("nas:8080")),
            ("qbittorrent", "username: ''", .text("")), ("qbittorrent", "base_path: a b", .text("a b")),
            ("qbittorrent", "use_https: 1", .text("1")), ("qbittorrent", "use_https: \"true\"", .text("true")),
            ("qbittorrent", "verify_tls: maybe", .text("maybe")),
            ("qbittorrent", "ca_file: ~other/x", .text("~other/x")),
            ("qbittorrent", "connection_timeout: 0", .text("0")), ("qbittorrent", "read_timeout: -1", .text("-1")),
            ("qbittorrent", "read_timeout: .inf", .text(".inf")), ("qbittorrent", "read_timeout: nan", .text("nan")),
            ("qbittorrent", "read_timeout: 86400.5", .text("86400.5")),
            ("qbittorrent", "read_timeout: 10s", .text("10s")),
            ("qbittorrent", "pool_connections: 0", .text("0")), ("qbittorrent", "pool_maxsize: 1001", .text("1001")),
            ("qbittorrent", "allow_plain_http: ['']", .list), ("qbittorrent", "allow_plain_http: 'a,b'", .text("a,b")),
            ("qbittorrent", "docker_path_mapping: [/a]", .list),
            ("qbittorrent", "docker_path_mapping: {a: /b}", .mapping),
            ("qbittorrent", "docker_path_mapping: {/a: [/b]}", .mapping),
            ("qbittorrent", "url: nas:8080", .hidden), ("qbittorrent", "url: https://", .hidden),
            ("qbittorrent", "url: https://name:word@nas", .hidden), ("qbittorrent", "url: ftp://nas", .hidden),
            ("credentials", "store: keychain", .text("keychain")), ("credentials", "key_file: []", .list),
            ("torrent_creation", "format: V1", .text("V1")), ("torrent_creation", "trackers: {a: b}", .mapping),
            ("torrent_creation", "trackers: [[]]", .list), ("torrent_creation", "trackers: [[[a]]]", .list),
            ("torrent_creation", "trackers: ''", .hidden), ("torrent_creation", "comment: [a]", .list),
            ("torrent_creation", "piece_size: 8KiB", .text("8KiB")),
            ("torrent_creation", "piece_size: 48KiB", .text("48KiB")),
            ("torrent_creation", "piece_size: 256MiB", .text("256MiB")),
            ("torrent_creation", "piece_size: 16KB", .text("16KB")),
            ("torrent_creation", "output_mode: \"0888\"", .text("0888")),
            ("torrent_creation", "output_mode: 1777", .text("1777")),
            ("torrent_creation", "padded_file_size_limit: -1", .text("-1")),
            ("torrent_creation", "padded_file_size_limit: 9000000000GiB", .text("9000000000GiB")),
            ("torrent_creation", "piece_size: 9000000000000MiB", .text("9000000000000MiB")),
            ("torrent_creation", "poll_interval: 1e1", .text("1e1")),
        ] as [(String, String, SettingsError.Found)])
    func aWrongValue(_ section: String, _ line: String, _ found: SettingsError.Found) throws {
        let name = line.prefix { $0 != ":" }
        let key = try #require(SettingKey.all.first { $0.path == "\(section).\(name)" })
        let code = SettingsError.Code.wrongValue(key: key.path, expected: key.expected, found: found)
        #expect(throws: SettingsError(code, at: .file(named.path, line: 2))) {
            try settings("\(section):\n  \(line)\n")
        }
    }

    @Test(
        arguments: [
            ("qbittorrent:\n  prot: 1\n", "qbittorrent.prot", "qbittorrent.port", 2),
            ("qbittorrent:\n  port: 1\n  useHttps: true\n", "qbittorrent.useHttps", "qbittorrent.use_https", 3),
            ("qbittorrent:\n  verify-tls: true\n", "qbittorrent.verify-tls", "qbittorrent.verify_tls", 2),
            (
                "qbittorrent:\n  conection_timout: 1\n", "qbittorrent.conection_timout",
                "qbittorrent.connection_timeout", 2
            ),
            ("qbittorrent:\n  key_file: /k\n", "qbittorrent.key_file", "credentials.key_file", 2),
            ("qbittorrent:\n  something_else: /k\n", "qbittorrent.something_else", nil, 2),
            ("torrent_creation:\n  track: a\n", "torrent_creation.track", nil, 2),
            ("\nqbitorrent:\n  port: 1\n", "qbitorrent", "qbittorrent", 2),
            ("port: 1\n", "port", "qbittorrent.port", 1), ("x: 1\n", "x", nil, 1), ("<<: {}\n", "<<", nil, 1),
        ] as [(String, String, String?, Int)])
    func anUnknownKey(_ text: String, _ key: String, nearest: String?, line: Int) {
        #expect(throws: SettingsError(.unknownKey(key, nearest: nearest), at: .file(named.path, line: line))) {
            try settings(text)
        }
    }

    @Test(
        arguments: [
            ("- a\n", "", .list, 1), ("just text", "", .hidden, 1), ("qbittorrent: 5\n", "qbittorrent", .hidden, 1),
            ("credentials:\n  - a\n", "credentials", .list, 2),
        ] as [(String, String, SettingsError.Found, Int)])
    func sectionsOfAnotherShape(_ text: String, _ key: String, _ found: SettingsError.Found, line: Int) throws {
        let error = try #require(throws: SettingsError.self) { try settings(text) }
        guard case .wrongValue(let foundKey, let expected, let foundThere) = error.code else { throw error }
        #expect(foundKey == key)
        #expect(!expected.isEmpty)
        #expect(foundThere == found)
        #expect(error.place == .file(named.path, line: line))
    }

    @Test(arguments: [
        ("qbittorrent:\n  url: http://a\n  port: 1\n", "qbittorrent.url", "qbittorrent.port", 3),
        ("qbittorrent:\n  host: a\n  url: http://a\n", "qbittorrent.url", "qbittorrent.host", 3),
        ("credentials:\n  vault: a\n  vault_path: b\n", "vault_path", "vault", 3),
    ])
    func twoThatCannotBothHold(_ text: String, _ key: String, _ other: String, line: Int) {
        #expect(throws: SettingsError(.conflict(key: key, with: other), at: .file(named.path, line: line))) {
            try settings(text)
        }
    }

    @Test func whatIsNotYaml() {
        let code = YamlError.Code.duplicateKey("port", firstLine: 2)
        #expect(throws: SettingsError(.malformed(code), at: .file(named.path, line: 3))) {
            try settings("qbittorrent:\n  port: 1\n  port: 2\n")
        }
    }

    @Test(arguments: [
        ("verify_tls: false", "verify_tls"), ("ca_file: x", "ca_file"), ("allow_plain_http: x", "allow_plain_http"),
    ])
    func aFileThatMerelyLiesThereMayNotWeaken(_ line: String, _ key: String) throws {
        let found = ConfigurationFile(path: "config/config.yaml", origin: .workingFolder)
        let text = "qbittorrent:\n  port: 1\n  \(line)\n"
        #expect(throws: SettingsError(.weakening(key: "qbittorrent.\(key)"), at: .file(found.path, line: 3))) {
            try settings(text, in: found)
        }
        for origin in ConfigurationFile.Origin.allCases where origin != .workingFolder {
            #expect(try settings(text, in: ConfigurationFile(path: found.path, origin: origin)).qbittorrent.port == 1)
        }
        #expect(try settings("qbittorrent:\n  verify_tls: true\n", in: found) == Settings())
    }
}
