import CredentialStores
import SystemPackage
import Testing

@testable import qbitvault

/// `headers:`, and what must not stand there.
@Suite struct HeaderSettingTests {
    @Test func valuesMayReferToCredentials() throws {
        let text = """
            qbittorrent:
              headers:
                X-Plain: 5
                X-Token: "${TOKEN}"
                x-mixed: "a ${A_1}${B} $$ $${no} $5"
                Authorization: "basic ${NAME}:${WORD}"
            """
        let headers = try settings(text).qbittorrent.headers
        #expect(headers.map(\.name) == ["X-Plain", "X-Token", "x-mixed", "Authorization"])
        #expect(
            headers.map(\.parts) == [
                [.text("5")], [reference("TOKEN")],
                [.text("a "), reference("A_1"), reference("B"), .text(" $ ${no} $5")],
                [.text("basic "), reference("NAME"), .text(":"), reference("WORD")],
            ])
        #expect(headers.map(\.isAuthorization) == [false, false, false, true])
    }

    /// Each stands in line 4, after one that is sound.
    @Test(
        arguments: [
            ("Host: nas", "Host", .owned), ("content-LENGTH: 5", "content-LENGTH", .owned),
            ("Content-Type: a", "Content-Type", .owned), ("Transfer-Encoding: chunked", "Transfer-Encoding", .owned),
            ("Connection: close", "Connection", .owned), ("Cookie: a=b", "Cookie", .owned),
            ("Origin: a", "Origin", .owned), ("Referer: a", "Referer", .owned), ("Expect: a", "Expect", .owned),
            ("TE: a", "TE", .owned), ("Trailer: a", "Trailer", .owned), ("Upgrade: h2c", "Upgrade", .owned),
            ("Proxy-Authorization: a", "Proxy-Authorization", .owned),
            ("Accept-Encoding: br", "Accept-Encoding", .owned),
            ("If-None-Match: a", "If-None-Match", .owned), ("Sec-Fetch-Site: a", "Sec-Fetch-Site", .owned),
            ("'X Y': a", nil, .notAName), ("'': a", nil, .notAName), ("'X:': a", nil, .notAName),
            ("X-ü: a", nil, .notAName), ("\"X\\r\\nY\": a", nil, .notAName),
            ("X: \"a\\r\\nY: b\"", "X", .controlCharacter), ("X: \"a\\nb\"", "X", .controlCharacter),
            ("X: \"a\\0\"", "X", .controlCharacter), ("X: \"\\x7f\"", "X", .controlCharacter),
            ("X: ''", "X", .empty), ("X:", "X", .notText), ("X: [a]", "X", .notText), ("X: {a: b}", "X", .notText),
            ("x-FIRST: a", "x-FIRST", .repeated), ("X: ${A", "X", .reference), ("X: ${}", "X", .reference),
            ("X: ${A-B}", "X", .reference), ("X: ${1A}", "X", .reference),
            ("Authorization: Basic bmFtZTp3b3Jk", "Authorization", .plainSecret),
            ("authorization: Bearer ${A}", "authorization", .notBasic),
            ("Authorization: ${A}", "Authorization", .notBasic),
        ] as [(String, String?, HeaderFault)])
    func whatCannotBeUsedIsRefused(line: String, name: String?, fault: HeaderFault) {
        #expect(throws: SettingsError(.badHeader(name, fault), at: .file(named.path, line: 4))) {
            try settings("qbittorrent:\n  headers:\n    X-First: a\n    \(line)\n")
        }
        // No value, and no name that is none, is told.
        let told = fault.sentence(name) + fault.remedy
        #expect(!told.contains("bmFtZTp3b3Jk") && !told.contains("X Y"))
    }

    @Test(arguments: ["[a]", "text"])
    func somethingElseIsRefused(value: String) {
        #expect(throws: SettingsError.self) { try settings("qbittorrent:\n  headers: \(value)\n") }
    }

    @Test func aFileThatWasMerelyFoundMayNotSetThem() {
        let found = ConfigurationFile(path: "config/config.yaml", origin: .workingFolder)
        let error = SettingsError(.weakening(key: "qbittorrent.headers"), at: .file(found.path, line: 2))
        #expect(throws: error) { try settings("qbittorrent:\n  headers: {X: \"${TRACKER}\"}\n", in: found) }
        #expect(throws: Never.self) { try settings("qbittorrent:\n  headers: {}\n", in: found) }
    }

    @Test func aServerMayHaveItsOwn() throws {
        let text = "qbittorrent: {headers: {X: a}}\nservers:\n  one: {headers: {Y: b}}\n  two: {port: 81}\n"
        let servers = try settings(text).servers
        #expect(servers.map { $0.settings.headers.map(\.name) } == [["Y"], ["X"]])
        let bad = "servers:\n  one:\n    headers:\n      Host: b\n"
        #expect(throws: SettingsError(.badHeader("Host", .owned), at: .file(named.path, line: 4))) { try settings(bad) }
    }

    private func reference(_ name: String) -> HeaderSetting.Part {
        CredentialName(name).map(HeaderSetting.Part.credential) ?? .text("no name: \(name)")
    }
}
