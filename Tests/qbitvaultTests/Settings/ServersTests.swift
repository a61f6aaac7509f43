import SystemPackage
import Testing

@testable import qbitvault

/// `servers:`
@Suite struct ServersTests {
    @Test func eachStartsFromTheCommonSettings() throws {
        let text = """
            servers:
              a: {}
              b: {read_timeout: 3, username: other, port: 9, docker_path_mapping: {/x: /y}, pool_maxsize: 2}
              c:
            qbittorrent: {host: nas, username: me, verify_tls: false, allow_plain_http: nas, read_timeout: 2}
            """
        let read = try settings(text)
        #expect(read.servers.map(\.name) == ["a", "b", "c"])
        #expect(read.servers[0].settings == read.qbittorrent)
        #expect(read.servers[2].settings == read.qbittorrent)
        var other = read.qbittorrent
        (other.readTimeout, other.username, other.port) = (.seconds(3), "other", 9)
        (other.dockerPathMapping, other.poolMaxSize) = ([PathRule(here: "/x", there: "/y")], 2)
        #expect(read.servers[1].settings == other)
        #expect(read.qbittorrent.port == 8080)
    }

    /// Every key that speaks of one server is taken, and changes that server alone.
    @Test(arguments: SettingKey.all.filter { $0.section == .qbittorrent && !$0.traits.contains(.common) }.map(\.name))
    func aKeyOfAServer(_ name: String) throws {
        let key = try #require(SettingKey.all.first { $0.path == "qbittorrent.\(name)" })
        let values = ["1", "https://a", "a", "/a", "true", "false", "{/a: /b}", "{a: b}", "[a]"]
        let changed = values.contains { value in
            guard let read = try? settings("servers:\n  a:\n    \(name): \(value)\n") else { return false }
            var own = Settings()
            own.qbittorrent = read.servers[0].settings
            return !key.isDefault(own) && key.isDefault(read)
        }
        #expect(changed)
    }

    @Test func whatSignsInMayDiffer() throws {
        let text = "servers: {a: {auth: {method: api_key}}, b: {}, c: {auth: }}\nauth: {method: password}\n"
        let read = try settings(text)
        #expect(read.servers.map(\.settings.authMethod) == [.apiKey, .password, .password])
        #expect(read.qbittorrent.authMethod == .password)
        let code = SettingsError.Code.unknownKey("servers.a.auth.methd", nearest: "servers.a.auth.method")
        #expect(throws: SettingsError(code, at: .file(named.path, line: 3))) {
            try settings("servers:\n  a:\n    auth: {methd: password}\n")
        }
    }

    @Test(arguments: [
        ("host: nas, port: 1", "url: https://b/qb", "https://b/qb"), ("url: https://nas", "host: b", nil),
        ("url: https://nas", "host: b, port: 1", nil), ("url: https://nas", "url: http://b", "http://b"),
        ("url: https://nas", "username: b", "https://nas"),
    ])
    func aWholeAddressReplacesPartsAndTheOtherWayRound(_ common: String, _ own: String, _ url: String?) throws {
        let read = try settings("qbittorrent: {\(common)}\nservers:\n  b: {\(own)}\n")
        #expect(read.servers.map(\.settings.url) == [url])
        if url == nil { #expect(read.servers[0].settings.host == "b") }
    }

    /// Nothing of an inherited `url` is left where an entry says where its server is.
    @Test func partsReplaceAllOfAnAddress() throws {
        let read = try settings("qbittorrent: {url: \"https://nas:1/qb\"}\nservers: {b: {host: b}}\n")
        var expected = ServerSettings()
        expected.host = "b"
        #expect(read.servers.map(\.settings) == [expected])
    }

    @Test(
        arguments: [
            ("prot: 1", .unknownKey("servers.nas.prot", nearest: "servers.nas.port")),
            (
                "pool_connections: 1",
                .unknownKey("servers.nas.pool_connections", nearest: "qbittorrent.pool_connections")
            ),
            ("store: vault", .unknownKey("servers.nas.store", nearest: "credentials.store")),
            ("zzzzzz: 1", .unknownKey("servers.nas.zzzzzz", nearest: nil)),
            (
                "port: x",
                .wrongValue(key: "servers.nas.port", expected: "a whole number from 1 to 65535", found: .text("x"))
            ),
            ("port: 1", .partOfAddress(key: "servers.nas.port", whole: "qbittorrent.url")),
            ("base_path: /x", .partOfAddress(key: "servers.nas.base_path", whole: "qbittorrent.url")),
        ] as [(String, SettingsError.Code)])
    func whatAnEntryCannotSay(_ line: String, _ code: SettingsError.Code) {
        #expect(throws: SettingsError(code, at: .file(named.path, line: 5))) {
            try settings("qbittorrent:\n  url: https://nas\nservers:\n  nas:\n    \(line)\n")
        }
    }

    @Test func twoAddressesInOneEntry() {
        let code = SettingsError.Code.conflict(key: "servers.b.url", with: "servers.b.port")
        #expect(throws: SettingsError(code, at: .file(named.path, line: 5))) {
            try settings("servers:\n  a: {url: \"http://a\"}\n  b:\n    url: http://b\n    port: 1\n")
        }
    }

    @Test(arguments: ["a", "A.b-c_d", "0", String(repeating: "x", count: 64), "nas.home.lan", "file"])
    func aName(_ name: String) throws {
        #expect(try settings("servers:\n  \"\(name)\": {}\n").servers.map(\.name) == [name])
    }

    @Test(arguments: [
        "", "a b", "a/b", "ä", "-a", ".", "..", "_a", "a:b", "a\\n", String(repeating: "x", count: 65),
    ])
    func noName(_ name: String) throws {
        let error = try #require(throws: SettingsError.self) { try settings("servers:\n  \"\(name)\": {}\n") }
        guard case .unsoundName = error.code else { throw error }
        #expect(error.place == .file(named.path, line: 2))
    }

    @Test(arguments: ["default", "Default", "DEFAULT"])
    func theNameOfTheDefaultServer(_ name: String) {
        #expect(throws: SettingsError(.reservedName(name), at: .file(named.path, line: 2))) {
            try settings("servers:\n  \(name): {}\n")
        }
    }

    @Test(arguments: [
        ("nas", "NAS", "QBIT_PASSWORD__NAS"), ("nas-1", "nas.1", "QBIT_PASSWORD__NAS_1"),
        ("a_b", "a-b", "QBIT_PASSWORD__A_B"), ("nas", "nas_file", "QBIT_PASSWORD__NAS_FILE"),
        ("nas-FILE", "nas", "QBIT_PASSWORD__NAS_FILE"),
    ])
    func twoThatShareAVariable(_ first: String, _ second: String, _ variable: String) {
        let code = SettingsError.Code.sharedVariable(variable, first, second)
        #expect(throws: SettingsError(code, at: .file(named.path, line: 3))) {
            try settings("servers:\n  \(first): {}\n  \(second): {}\n")
        }
    }

    @Test(arguments: [
        ("verify_tls: false", "verify_tls"), ("ca_file: x", "ca_file"), ("allow_plain_http: x", "allow_plain_http"),
    ])
    func aFileThatMerelyLiesThereMayNotWeaken(_ line: String, _ key: String) throws {
        let found = ConfigurationFile(path: "config/config.yaml", origin: .workingFolder)
        let text = "servers:\n  nas:\n    \(line)\n"
        #expect(throws: SettingsError(.weakening(key: "servers.nas.\(key)"), at: .file(found.path, line: 3))) {
            try settings(text, in: found)
        }
        #expect(try settings(text).servers.count == 1)
    }

    @Test(
        arguments: [("servers: [a]", .list), ("servers: a", .hidden), ("servers:\n  a: b", .hidden)]
            as [(String, SettingsError.Found)])
    func anotherShape(_ text: String, _ found: SettingsError.Found) throws {
        let error = try #require(throws: SettingsError.self) { try settings(text + "\n") }
        guard case .wrongValue(_, _, found) = error.code else { throw error }
    }

    /// A container's address must not become that of every server in the file.
    @Test func theEnvironmentSpeaksOfTheDefaultServerAlone() throws {
        var read = try settings("qbittorrent: {host: nas}\nservers: {a: {}, b: {host: b}}\n")
        let before = read.servers
        let variables = [
            "QBITVAULT_HOST": "elsewhere", "QBITVAULT_PORT": "9", "QBITVAULT_USERNAME": "x",
            "QBITVAULT_POOL_CONNECTIONS": "3", "QBITVAULT_READ_TIMEOUT": "1", "QBITVAULT_AUTH_METHOD": "api_key",
        ]
        try read.apply(environment: { variables[$0] }, home: nil)
        #expect(read.qbittorrent.host == "elsewhere" && read.qbittorrent.poolConnections == 3)
        #expect(read.servers == before)
    }
}
