import SystemPackage
import Testing

@testable import qbitvault

@Suite struct SettingsEnvironmentTests {
    @Test(arguments: [
        Saying("QBITVAULT_URL=https://nas/qb") { $0.qbittorrent.url = "https://nas/qb" },
        Saying("QBITVAULT_HOST=nas") { $0.qbittorrent.host = "nas" },
        Saying("QBITVAULT_PORT=9090") { $0.qbittorrent.port = 9090 },
        Saying("QBITVAULT_USE_HTTPS=true") { $0.qbittorrent.useHTTPS = true },
        Saying("QBITVAULT_BASE_PATH=/qb") { $0.qbittorrent.basePath = "/qb" },
        Saying("QBITVAULT_CONNECTION_TIMEOUT=2.5") { $0.qbittorrent.connectionTimeout = .milliseconds(2500) },
        Saying("QBITVAULT_READ_TIMEOUT=5") { $0.qbittorrent.readTimeout = .seconds(5) },
        Saying("QBITVAULT_USERNAME=a: &b") { $0.qbittorrent.username = "a: &b" },
        Saying("QBITVAULT_CLIENT_CERTIFICATE=a.pem") { $0.qbittorrent.clientCertificate = "a.pem" },
        Saying("QBITVAULT_POOL_MAXSIZE=3") { $0.qbittorrent.poolMaxSize = 3 },
        Saying("QBITVAULT_DOCKER_PATH_MAPPING={\"/a\": \"/b\"}") {
            $0.qbittorrent.dockerPathMapping = [PathRule(here: "/a", there: "/b")]
        },
        Saying("QBITVAULT_AUTH_METHOD=api_key") { $0.qbittorrent.authMethod = .apiKey },
        Saying("QBITVAULT_STORE=vault") { $0.credentials.store = .vault },
        Saying("QBITVAULT_VAULT=/v.qbv") { $0.credentials.vault = "/v.qbv" },
        Saying("QBITVAULT_KEY_FILE=~/k") { $0.credentials.keyFile = "/home/a/k" },
        Saying("QBITVAULT_CREATION_FORMAT=v1") { $0.torrentCreation.format = "v1" },
        Saying("QBITVAULT_CREATION_TRACKERS=[a, [b, c]]") { $0.torrentCreation.trackers = [["a"], ["b", "c"]] },
        Saying("QBITVAULT_CREATION_TRACKERS=https://a/x") { $0.torrentCreation.trackers = [["https://a/x"]] },
        Saying("QBITVAULT_HOST=") { _ in },
    ])
    func standsAboveTheDefault(_ line: Saying) throws {
        let words = line.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        #expect(try applying([words[0]: words[1]]) == defaults(line.change))
    }

    @Test func standsAboveTheFile() throws {
        let file = "qbittorrent:\n  host: a\n  port: 1\n"
        let both = try applying(["QBITVAULT_PORT": "2"], to: settings(file))
        #expect(both.qbittorrent.host == "a")
        #expect(both.qbittorrent.port == 2)
        #expect(try applying(["QBITVAULT_URL": "http://b"], to: settings(file)).qbittorrent.url == "http://b")
    }

    @Test(
        arguments: [
            ("QBITVAULT_PORT", "0", "qbittorrent.port", .text("0")),
            ("QBITVAULT_STORE", "file", "credentials.store", .text("file")),
            ("QBITVAULT_URL", "nas", "qbittorrent.url", .hidden),
            ("QBITVAULT_CREATION_TRACKERS", "[a", "torrent_creation.trackers", .hidden),
            ("QBITVAULT_DOCKER_PATH_MAPPING", "/a:/b", "qbittorrent.docker_path_mapping", .text("/a:/b")),
        ] as [(String, String, String, SettingsError.Found)])
    func aWrongValueNamesTheVariable(_ variable: String, _ text: String, _ path: String, _ found: SettingsError.Found)
        throws
    {
        let key = try #require(SettingKey.all.first { $0.path == path })
        let code = SettingsError.Code.wrongValue(key: path, expected: key.expected, found: found)
        #expect(throws: SettingsError(code, at: .variable(variable))) { try applying([variable: text]) }
    }

    @Test(arguments: [
        ("QBITVAULT_VERIFY_TLS", "false", "verify_tls"), ("QBITVAULT_VERIFY_TLS", "true", "verify_tls"),
        ("QBITVAULT_ALLOW_PLAIN_HTTP", "nas", "allow_plain_http"), ("QBITVAULT_CA_FILE", "ca.pem", "ca_file"),
        ("QBITVAULT_HEADERS", "{X: a}", "headers"),
    ])
    func cannotWeakenSecurity(_ variable: String, _ text: String, _ key: String) {
        #expect(throws: SettingsError(.noOverride(key: "qbittorrent.\(key)"), at: .variable(variable))) {
            try applying([variable: text])
        }
    }

    @Test func aPartCannotChangeAWholeAddress() throws {
        let conflict = SettingsError(
            .conflict(key: "qbittorrent.port", with: "qbittorrent.url"), at: .variable("QBITVAULT_PORT"))
        let file = try settings("qbittorrent:\n  url: http://a\n")
        #expect(throws: conflict) { try applying(["QBITVAULT_PORT": "1"], to: file) }
        #expect(throws: conflict) { try applying(["QBITVAULT_PORT": "1", "QBITVAULT_URL": "http://a"]) }
    }

    private func applying(
        _ variables: [String: String], to settings: Settings = Settings()
    ) throws(SettingsError) -> Settings {
        var settings = settings
        try settings.apply(environment: { variables[$0] }, home: "/home/a")
        return settings
    }
}
