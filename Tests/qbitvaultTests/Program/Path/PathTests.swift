import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// How the server sees this machine's folders.
@Suite(.timeLimit(.minutes(2))) struct PathTests {
    struct ToldPath: Decodable {
        struct Rule: Decodable, Equatable {
            let here: String
            let server: String
            let line: Int?
        }

        let here: String?
        let server: String
        let rule: Rule?
        let way: String
        let back: String?
    }

    struct ToldComparison: Decodable {
        let verdict: String
        let onlyHere: [String]
        let onlyOnServer: [String]
        let different: [String]

        private enum CodingKeys: String, CodingKey {
            case verdict, different
            case onlyHere = "only_here"
            case onlyOnServer = "only_on_server"
        }
    }

    @Test func theWayThereAndBackIsExplained() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("data/films/one/a", "elsewhere/")
            try scene.link("films", to: "data/films")
            let data = home.path.appending("data")
            try scene.configure(
                """
                qbittorrent:
                  docker_path_mapping:
                    "\(data)": "/data"
                    "\(data)/films": "/films"
                """)
            let deep: ToldPath = try await scene.succeeding(["path", "map", "\(data)/films/one"])
            #expect(deep.server == "/films/one" && deep.way == "as_typed" && deep.back == "\(data)/films/one")
            #expect(deep.rule == ToldPath.Rule(here: "\(data)/films", server: "/films", line: 4))
            let linked: ToldPath = try await scene.succeeding(["path", "map", "\(home.path)/films/one"])
            #expect(linked.server == "/films/one" && linked.way == "folder_resolved")
            let none: ToldPath = try await scene.succeeding(["path", "map", "\(home.path)/elsewhere"])
            #expect(none.server == "\(home.path)/elsewhere" && none.rule == nil)
            let inverse: ToldPath = try await scene.succeeding(["path", "map", "--inverse", "/films/one"])
            #expect(inverse.here == "\(data)/films/one" && inverse.way == "server_path")
            let unknown: ToldPath = try await scene.succeeding(["path", "map", "--inverse", "/music"])
            #expect(unknown.here == nil && unknown.rule == nil)
            try (await scene.run(["path", "map", "--inverse", "music"])).expectProblem(.sourceOrPathWrong)
        }
    }

    @Test func rulesThatContradictEachOtherAreToldWithTheirLines() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(
                """
                qbittorrent:
                  docker_path_mapping:
                    /a: /data
                    /b: /data/
                """)
            let run = try await scene.run(["path", "map", "/a/x"])
            try run.expectProblem(.configuration)
            #expect(run.error.contains("line 3") && run.error.contains("line 4"), "\(run.error)")
        }
    }

    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func foldersAreCompared(version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("here/a", "here/.hidden", "here/folder/", "there/a", "there/folder/")
            let (here, there) = (home.path.appending("here"), home.path.appending("there"))
            try scene.configure("qbittorrent: {docker_path_mapping: {\"\(here)\": \"\(there)\"}}\n")
            let environment = scene.environment(for: server)
            let same: ToldComparison = try await scene.succeeding(["path", "check"], environment: environment)
            #expect(same.verdict == "same")
            let file: ToldComparison = try await scene.succeeding(
                ["path", "check", here.appending("a").string], environment: environment)
            #expect(file.verdict == "same")

            // Sizes are known to the newer one alone.
            try Files.write("longer than before", to: there.appending("a"))
            let sized = try await scene.run(["path", "check"], environment: environment)
            #expect(sized.status == (version == .v5_3 ? ExitStatus.sourceOrPathWrong : .done).rawValue)

            try scene.make("here/only", "there/other")
            let run = try await scene.run(["path", "check"], environment: environment)
            #expect(run.status == ExitStatus.sourceOrPathWrong.rawValue)
            let rows: [ToldComparison] = try run.documents(last: 1, but: 1)
            #expect(rows[0].verdict == "different" && rows[0].onlyHere == ["only"])
            #expect(rows[0].onlyOnServer == ["other"])
            #expect(rows[0].different == (version == .v5_3 ? ["a"] : []))

            try Files.removeTree(there)
            let gone = try await scene.run(["path", "check"], environment: environment)
            let missing: [ToldComparison] = try gone.documents(last: 1, but: 1)
            #expect(missing[0].verdict == "missingOnServer" || missing[0].verdict == "missing_on_server")
        }
    }

    /// A source that is named as the server sees it: made, and compared where a rule leads back.
    @Test func aSourceMayBeNamedAsTheServerSeesIt() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("there/film/a", "results/")
            try scene.link("here", to: "there")
            let environment = scene.environment(for: server)
            let create = ["create", "--server-path", "\(home.path)/there/film", "--output", "\(home.path)/results"]
            let blind: ToldCreate = try await scene.succeeding(create, environment: environment)
            #expect(blind.name == "film" && blind.notVerified.contains("file_sizes"))
            try scene.configure(
                "qbittorrent: {docker_path_mapping: {\"\(home.path)/here\": \"\(home.path)/there\"}}\n")
            let seen: ToldCreate = try await scene.succeeding(
                create + ["--overwrite"], environment: environment)
            #expect(seen.verified.contains("file_sizes"))
            try (await scene.run(["create", "--server-path", "film"], environment: environment))
                .expectProblem(.sourceOrPathWrong)
        }
    }
}
