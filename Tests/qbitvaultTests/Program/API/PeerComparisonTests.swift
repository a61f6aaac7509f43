import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `api` beside qbittorrent-api, the client that most programs use.
@Suite(.timeLimit(.minutes(5))) struct PeerComparisonTests {
    @Test(arguments: RealServer.Version.allCases)
    func everythingThatCanBeReadIsReadAlike(_ version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let call = Calling(scene: scene, environment: scene.environment(for: server))
                let facts = try await prepare(server, call)
                let answers = try await PeerAnswer.all(of: server, facts)
                // Far from all of them may be missing in any version.
                #expect(answers.count { $0.status == 200 } >= 30 && Set(answers.map(\.endpoint)).count > 40)
                for answer in answers { try await compare(answer, facts, call) }
            }
        }
    }

    private func compare(_ answer: PeerAnswer, _ facts: PeerAnswer.Facts, _ call: Calling) async throws {
        let words = answer.words(facts)
        let run = try await call.scene.home.run(["api"] + words, environment: call.environment)
        switch answer.status {
        case nil:
            let missing = [ExitStatus.serverError, .serverTooOld].map(\.rawValue)
            #expect(missing.contains(run.status), "\(words) is there")
        case 200?:
            #expect(run.status == 0, "\(words): \(run.error)")
            let difference = MovingFields.difference(answer.endpoint, Array(answer.body), run.output)
            #expect(difference == nil, "\(words): \(run.text)")
        case let status?:
            #expect(run.status == ExitStatus.serverError.rawValue, "\(words): \(run.error)")
            #expect(run.error.contains("(\(status))") && run.output == Array(answer.body), "\(words): \(run.error)")
        }
        try call.scene.expectNoLeak(in: run)
    }

    /// Gives the server something to tell, all by `api`: one torrent that is whole and seeds, one that is stopped and
    /// has nothing, a category, tags, a feed, a rule, and a task of the Torrent Creator.
    private func prepare(_ server: RealServer, _ call: Calling) async throws -> PeerAnswer.Facts {
        let folder = call.scene.home.path
        try Files.write("hello", to: server.downloads.appending("whole"))
        let (whole, stopped) = (folder.appending("whole.torrent"), folder.appending("stopped.torrent"))
        try Files.write(torrent("whole"), to: whole)
        try Files.write(torrent("stopped"), to: stopped)
        for words in [
            ["torrents/createCategory", "-f", "category=films", "-f", "savePath=/data/films"],
            ["torrents/createTags", "-f", "tags=seen,a b"],
            ["rss/addFolder", "-f", "path=news"],
            ["rss/addFeed", "-f", "url=http://127.0.0.1:9/feed", "-f", "path=news\\feed"],
            ["rss/setRule", "-f", "ruleName=a rule", "-f", "ruleDef={\"mustContain\": \"ü\", \"enabled\": false}"],
            ["app/setPreferences", "-f", "json={\"dl_limit\": 1048576, \"proxy_ip\": \"p.example\"}"],
            ["torrents/add", "-F", "torrents=@\(whole)", "-f", "savepath=\(server.downloads)", "-f", "tags=seen"],
            [
                "torrents/add", "-F", "torrents=@\(stopped)", "-f", "category=films", "-f", "tags=a b",
                "-f", "stopped=true", "-f", "paused=true",
            ],
        ] { _ = try await call(words) }
        let task = server.version == .v4_5 ? "none" : try await makeTask(server, call)
        return PeerAnswer.Facts(
            hash: try await hash("seen", ["stalledUP", "queuedUP", "uploading"], call),
            other: try await hash("a b", ["stoppedDL", "pausedDL"], call),
            folder: server.downloads.string, task: task, torrent: whole.string)
    }

    /// Five bytes that say hello, in one piece.
    private func torrent(_ name: String) -> [UInt8] {
        let sum: [UInt8] = [
            0xaa, 0xf4, 0xc6, 0x1d, 0xdc, 0xc5, 0xe8, 0xa2, 0xda, 0xbe, 0xde, 0x0f, 0x3b, 0x48, 0x2c, 0xd9, 0xae, 0xa9,
            0x43, 0x4d,
        ]
        let info = "d6:lengthi5e4:name\(name.utf8.count):\(name)12:piece lengthi16384e6:pieces20:"
        // A server that exports a torrent without a date puts the present one in.
        let head = "d8:announce22:http://127.0.0.1:9/ann13:creation datei1700000000e4:info\(info)"
        return Array(head.utf8) + sum + Array("e8:url-list21:http://127.0.0.1:9/we".utf8) + Array("e".utf8)
    }

    private func makeTask(_ server: RealServer, _ call: Calling) async throws -> String {
        struct Made: Decodable { let taskID: String }
        struct Task: Decodable { let status: String }
        let source = server.downloads.appending("whole")
        let made = try await call(
            ["torrentcreator/addTask", "-f", "sourcePath=\(source)", "-f", "startSeeding=false"])
        let id = try JSONDecoder().decode(Made.self, from: Data(made.output)).taskID
        try await eventually {
            let told = try await call(["torrentcreator/status?taskID=\(id)"])
            return try JSONDecoder().decode([Task].self, from: Data(told.output)).first?.status == "Finished"
        }
        return id
    }

    /// Of the torrent with this tag, once it has come to rest.
    private func hash(_ tag: String, _ states: [String], _ call: Calling) async throws -> String {
        struct Torrent: Decodable { let hash: String, state: String }
        var hash = ""
        try await eventually {
            let told = try await call(["GET", "torrents/info", "-f", "tag=\(tag)"])
            let torrent = try JSONDecoder().decode([Torrent].self, from: Data(told.output)).first
            hash = torrent?.hash ?? ""
            return torrent.map { states.contains($0.state) } ?? false
        }
        return hash
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try await !condition() { try #require(ContinuousClock.now < deadline, "it takes too long") }
    }
}
