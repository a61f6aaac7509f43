import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What `torrent show` tells.
struct ToldTorrent: Decodable {
    let file: String
    let name: String
    let size: Int64
    let trackers: [[String]]
    let magnet: String
    let files: [File]

    struct File: Decodable {
        let path: String
        let size: Int64
    }
}

@Suite(.timeLimit(.minutes(1))) struct TorrentShowTests {
    /// Version 1, with a tracker whose path is a pass key, and a name that would turn text around.
    static let torrent: String = {
        func text(_ text: String) -> String { "\(text.utf8.count):\(text)" }
        let info = "d6:lengthi5e4:name\(text("a\u{202e}bcd"))12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae"
        let tracker = text("https://tracker.example/0123456789abcdef/announce")
        return "d8:announce\(tracker)7:comment\(text("hi\u{1b}["))4:info\(info)e"
    }()

    @Test func passKeysAreShownOnlyWhereThatIsSaid() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let file = home.path.appending("it.torrent")
            try Files.write(Self.torrent, to: file)
            let told: ToldTorrent = try await scene.succeeding(["torrent", "show", file.string])
            #expect(told.trackers == [["https://tracker.example/…"]] && !told.magnet.contains("tracker"))
            #expect(told.size == 5 && told.files.map(\.size) == [5])
            let open: ToldTorrent = try await scene.succeeding(["torrent", "show", file.string, "--reveal"])
            #expect(open.trackers == [["https://tracker.example/0123456789abcdef/announce"]])
            #expect(open.magnet.contains("0123456789abcdef"))

            let text = try await home.run(["torrent", "show", file.string])
            #expect(text.status == 0 && !text.text.contains("0123456789abcdef"))
            #expect(!text.text.contains("\u{1b}") && !text.text.contains("\u{202e}"))
            let piped = try await home.run(["torrent", "show", "-"], input: .text(Self.torrent))
            #expect(piped.text == text.text)
        }
    }

    static let bad = ["", "<html>", "d4:infode", "d4:info", "i5e", String(repeating: "l", count: 100_000)]

    @Test(arguments: bad.indices)
    func whatIsNoTorrentIsSaidToBeNone(row: Int) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let file = home.path.appending("it.torrent")
            try Files.write(Self.bad[row], to: file)
            try (await scene.run(["torrent", "show", file.string])).expectProblem(.sourceOrPathWrong)
        }
    }

    @Test func aFileThatCannotBeReadIsSaid() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            for name in ["missing", "."] {
                try (await scene.run(["torrent", "show", name])).expectProblem(.sourceOrPathWrong)
            }
        }
    }
}
