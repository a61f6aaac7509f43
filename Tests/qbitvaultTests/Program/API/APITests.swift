import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `api` against real servers.
@Suite(.timeLimit(.minutes(3))) struct APITests {
    @Test(arguments: RealServer.Version.allCases)
    func anAnswerComesAsItIs(_ version: RealServer.Version) async throws {
        try await with(version) { scene, call in
            let release = try await RealServer.shared(version).release()
            #expect(try await call(["app/version"]).text == release)
            #expect(try await call(["get", "/api/v2/app/version"]).text == release)
            #expect(try await call(["-X", "POST", "app/version"]).text == release)
            let raw = try await call(["torrents/info?category=\(call.mark)", "--json"])
            #expect(raw.text == "[]" && raw.error.isEmpty)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func fieldsArriveAsTheyWereTyped(_ version: RealServer.Version) async throws {
        try await with(version) { scene, call in
            let name = "\(call.mark) b+c&d=e%41ü"
            #expect(
                try await call(["torrents/createCategory", "-f", "category=\(name)", "-F", "savePath=/x"]).text == "")
            #expect(try await call(["torrents/categories"]).text.contains("\"name\":\"\(name)\",\""))
            // With GET they are the query.
            let none = try await call(["GET", "torrents/info", "-f", "category=\(name)", "-f", "limit=-1"])
            #expect(none.text == "[]")
        }
    }

    /// Neither the command line nor anything that is written holds it.
    @Test(arguments: RealServer.Version.allCases)
    func aSecretComesByStandardInputOrFile(_ version: RealServer.Version) async throws {
        try await with(version) { scene, call in
            let secret = scene.newSecret()
            let value = Secret.joining(
                Secret(copying: "{\"proxy_password\": \"".utf8), .joining(secret, Secret(copying: "\"}\n".utf8)))
            #expect(try await call(["app/setPreferences", "-F", "json=@-"], input: value.copy()).text == "")
            #expect(try await call(["app/preferences"], holding: secret).shows(secret))
            let file = scene.home.path.appending("value")
            try scene.write(Array("json={\"proxy_password\":\"\"}".utf8), to: file)
            #expect(try await call(["POST", "app/setPreferences", "--input", file.string]).text == "")
            #expect(try await !call(["app/preferences"]).shows(secret))
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aFileGoesThereAndComesBack(_ version: RealServer.Version) async throws {
        try await with(version) { scene, call in
            let info =
                "13:creation datei1700000000e4:infod6:lengthi5e4:name12:\(call.mark)12:piece lengthi16384e6:pieces20:01234567890123456789e"
            let file = scene.home.path.appending("a \"b;c.torrent")
            try Files.write("d\(info)e", to: file)
            _ = try await call([
                "torrents/add", "-F", "torrents=@\(file)", "-f", "tags=\(call.mark)", "-f", "stopped=true",
            ])
            let query = "torrents/export?hash=\(try await call.hash())"
            let made = scene.home.path.appending("made.torrent")
            let saved = try await call([query, "--output", made.string])
            #expect(saved.output.isEmpty && saved.error.contains("\(made)"))
            let whole = try Files.bytes(made)
            #expect(try await call([query]).output == whole)
            #expect(String(decoding: whole, as: UTF8.self).contains(info))
            let again = try await scene.run(["api", query, "--output", made.string], environment: call.environment)
            try again.expectProblem(.resultCannotBeWritten)
            _ = try await call([query, "-o", made.string, "--overwrite"])
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aDocumentIsLaidOutOnRequest(_ version: RealServer.Version) async throws {
        try await with(version) { scene, call in
            let info = try await call(["app/buildInfo", "--pretty"]).text
            #expect(info.hasPrefix("{\n  \"bitness\": 64,\n  \"boost\": \""))
            let version = try await call(["app/version", "--pretty"]).text
            #expect(version.first == "v" && !version.contains("\n"))
        }
    }

    @Test func aTerminalGetsWhatCanBeRead() async throws {
        try await with(.v5_3) { scene, call in
            let query = "torrents/info?tag=\(call.mark)"
            let dialogue = try Dialogue(scene, ["api", query], environment: call.environment)
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen == "[]\r\n")
            _ = try await call(["torrents/createCategory", "-f", "category=\(call.mark)\u{202e}b"])
            let second = try Dialogue(scene, ["api", "torrents/categories"], environment: call.environment)
            #expect(try await second.end(scene) == 0)
            #expect(try second.screen.contains("\r\n  \"\(call.mark)\u{fffd}b\": {\r\n    \""))
        }
    }

    private func with(
        _ version: RealServer.Version, _ body: (Scene, Calling) async throws -> Void
    ) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            try await body(scene, Calling(scene: scene, environment: scene.environment(for: server)))
        }
    }
}

/// A run of `api` that must succeed, say nothing but a word on what it saved, and show no secret.
struct Calling {
    let scene: Scene
    let environment: [String: String]
    /// A word that nobody else uses on the server.
    let mark = (0..<12).map { _ in String("abcdefghijklmnopqrstuvwxyz".randomElement() ?? "a") }.joined()

    func callAsFunction(_ words: [String], input: consuming Secret? = nil) async throws -> ToolRun {
        let run = try await run(words, input)
        try scene.expectNoLeak(in: run)
        return run
    }

    /// - Parameter secret: what the answer shows because it was asked for.
    func callAsFunction(_ words: [String], holding secret: borrowing Secret) async throws -> ToolRun {
        try await run(words, nil)
    }

    /// Of the torrent with the tag `mark`, which the server adds after it has answered.
    func hash() async throws -> String {
        struct Torrent: Decodable { let hash: String }
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let found = try await self(["torrents/info?tag=\(mark)"]).output
            if let torrent = try JSONDecoder().decode([Torrent].self, from: Data(found)).first { return torrent.hash }
        }
        throw NotAdded()
    }

    struct NotAdded: Error {}

    private func run(_ words: [String], _ input: consuming Secret?) async throws -> ToolRun {
        let given: ToolInput? =
            switch consume input {
            case let input?: try .secret(input)
            case nil: nil
            }
        let run = try await scene.home.run(["api"] + words, input: given, environment: environment)
        try #require(run.status == 0, "\(words): \(run.error)")
        return run
    }
}
