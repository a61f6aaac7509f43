import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// How a source may be named, and what cannot be one.
@Suite struct CreateSourceTests {
    /// What is typed below a home with `folder/in/file`, and `link` to `folder`; what the torrent is called; where it is run.
    struct Spelling: CustomTestStringConvertible {
        let typed: String
        let name: String
        var place = ""
        var testDescription: String { "\(typed) in \(place)" }
    }

    static let spellings = [
        Spelling(typed: "folder", name: "folder"), Spelling(typed: "folder/", name: "folder"),
        Spelling(typed: "./folder//in/../", name: "folder"), Spelling(typed: "folder/in/file", name: "file"),
        Spelling(typed: ".", name: "folder", place: "folder"),
        Spelling(typed: "..", name: "folder", place: "folder/in"),
        Spelling(typed: "link", name: "link"), Spelling(typed: "link/in", name: "in"),
    ]

    @Test(arguments: spellings)
    func aSourceMayBeSpelledLikeThis(_ spelling: Spelling) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("folder/in/file", "results/")
            try scene.link("link", to: "folder")
            let run = try await scene.run(
                ["create", spelling.typed, "--output", home.path.appending("results").string],
                environment: scene.environment(for: try await RealServer.shared(.v5_3)),
                in: home.path.appending(spelling.place))
            try #require(run.status == 0, "\(run.error)")
            let told: ToldCreate = try run.document()
            #expect(told.name == spelling.name && told.size == 1000 && told.files == 1)
            #expect(FilePath(told.path) == home.path.appending("results/\(spelling.name).torrent"))
            #expect(FilePath(told.source) == FilePath(spelling.typed))
            #expect(try home.files(in: "results") == ["\(spelling.name).torrent"])
            try scene.expectNoLeak(in: run)
        }
    }

    static let wrong: [(words: [String], status: ExitStatus)] = [
        (["missing"], .sourceOrPathWrong), ([""], .sourceOrPathWrong), (["/"], .sourceOrPathWrong),
        (["empty"], .sourceOrPathWrong), (["dots"], .sourceOrPathWrong), (["void"], .sourceOrPathWrong),
        ([".dotfile"], .sourceOrPathWrong), (["/dev/null"], .sourceOrPathWrong), (["broken"], .sourceOrPathWrong),
        (["void/below"], .sourceOrPathWrong), (["loop"], .sourceOrPathWrong),
        ([], .usage), (["--each", ""], .usage), (["--from", ""], .usage), (["--from", "missing"], .sourceOrPathWrong),
        (["--each", "taken"], .sourceOrPathWrong), (["folder", "--tracker", "tracker.example"], .usage),
        (["folder", "--tracker", "http://a.example", "--tracker", "http://b .example"], .usage),
        (["folder", "--tracker", "http://a|b"], .usage), (["folder", "--web-seed", "file:///x"], .usage),
        (["folder", "--piece-size", "15KiB"], .usage), (["folder", "--piece-size", "8KiB"], .usage),
        (["folder", "--piece-size", "256MiB"], .usage), (["folder", "--piece-size", "big"], .usage),
        (["folder", "--format", "v3"], .usage), (["folder", "--timeout", "0"], .usage),
        (["folder", "--max-time", "-1"], .usage), (["folder", "--category", "c"], .usage),
        (["folder", "--output", "missing"], .resultCannotBeWritten),
        (["folder", "--output", "void"], .resultCannotBeWritten),
        (["folder", "--output", ""], .usage), (["taken"], .resultCannotBeWritten),
    ]

    /// A folder that is full, or that nothing can be written to.
    @Test(arguments: ["size=128k", "ro"])
    func whereNothingCanBeSavedNothingIsAskedFor(option: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("source", "results/")
            let script = """
                mount -t tmpfs -o \(option) none "$0"
                { head -c 200000 /dev/zero >"$0/filler"; } 2>/dev/null
                exec "$@"
                """
            try await StandIn.with(.stayMute) { server in
                let run = try await scene.run(
                    ["create", "source", "--output", "results"], environment: scene.environment(for: server.url),
                    by: ["unshare", "--mount", "sh", "-c", script, home.path.appending("results").string])
                try run.expectProblem(.resultCannotBeWritten)
                #expect(server.calls == 0)
            }
        }
    }

    /// Each is known without the server, which is not even called.
    @Test(arguments: wrong.indices)
    func whatIsWrongIsSaidBeforeTheServerIsCalled(row: Int) async throws {
        let (words, status) = Self.wrong[row]
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.make("folder/file", "dots/.hidden", "empty/", "taken", "taken.torrent", ".dotfile")
            try scene.make("void", size: 0)
            try scene.link("broken", to: "nowhere")
            try scene.link("loop", to: "loop")
            let before = try Files.snapshot(home.path)
            try await StandIn.with(.stayMute) { server in
                let run = try await scene.run(["create"] + words, environment: scene.environment(for: server.url))
                try run.expectProblem(status)
                #expect(server.calls == 0)
                #expect(!run.error.contains("b .example"))
                try scene.expectNoLeak(in: run)
            }
            #expect(try Files.snapshot(home.path) == before)
        }
    }
}
