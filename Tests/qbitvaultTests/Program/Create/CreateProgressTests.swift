import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Progress on a real terminal.
@Suite(.timeLimit(.minutes(3))) struct CreateProgressTests {
    /// Runs `body` with a folder that has a sparse file in it, which takes a server a while. Not in the home, which is
    /// searched for leaks.
    private func withLargeFile(
        _ name: String, size: Int64, _ body: (FilePath) async throws -> Void
    ) async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let file = try FileDescriptor.open(
            folder.appending(name), .writeOnly, options: .create, permissions: .ownerReadWrite)
        try file.resize(to: size)
        try file.close()
        try await body(folder)
    }

    @Test(arguments: [80, 34])
    func theScreenIsCleanAtTheEnd(width: Int) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 5)
            try await withLargeFile("a 日本 large one", size: 3 << 30) { folder in
                let dialogue = try Dialogue(
                    batch.scene, batch.words + ["--each", folder.string],
                    environment: batch.environment(server).merging(["TERM": "xterm"]) { $1 },
                    by: ["sh", "-c", "stty columns \(width); exec \"$@\"", "sh"])
                // Both lines have been there.
                try await dialogue.expect(" %, ")
                try await dialogue.expect("/6")
                #expect(try await dialogue.end(batch.scene) == 0)
                let screen = ScreenModel(Array(try dialogue.screen.utf8), width: width)
                #expect(screen.unknown.isEmpty)
                let lines = screen.lines.filter { !$0.isEmpty }.joined()
                #expect(!lines.contains("%") && !lines.contains("[#"), "\(lines)")
                for name in batch.allNames + ["large one.torrent"] {
                    #expect(lines.contains(name), "\(name) in \(lines)")
                }
                #expect(lines.contains("made         6"))
                #expect(lines.contains("INFO-HASH") && lines.contains("3.0 GiB"), "\(lines)")
            }
        }
    }

    @Test func aWindowMayBecomeNarrow() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 2)
            try await withLargeFile("a 日本 large one", size: 3 << 30) { folder in
                let dialogue = try Dialogue(
                    batch.scene, batch.words + ["--each", folder.string],
                    environment: batch.environment(server).merging(["TERM": "xterm"]) { $1 },
                    by: ["sh", "-c", "stty columns 80; exec \"$@\"", "sh"])
                try await dialogue.expect(" %, ")
                try await dialogue.resize(columns: 20)
                let before = try dialogue.screen.count
                try await dialogue.eventually("a line for the new width") {
                    try dialogue.screen.dropFirst(before).contains("\u{1b}[J")
                }
                #expect(try await dialogue.end(batch.scene) == 0)
                let drawn = try dialogue.screen.dropFirst(before).split(separator: "\u{1b}[J").dropFirst()
                for line in drawn.flatMap({ $0.split { $0 == "\r\n" || $0 == "\r" } }) where line.contains("%") {
                    #expect(String(line).displayWidth < 20, "\(line)")
                }
            }
        }
    }

    @Test func ctrlCLeavesNothingOnTheScreen() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 2)
                try await withLargeFile("endless", size: 1 << 42) { folder in
                    let dialogue = try Dialogue(
                        batch.scene, batch.words + ["--each", folder.string],
                        environment: batch.environment(server).merging(["TERM": "xterm"]) { $1 })
                    try await dialogue.press("\u{3}", at: "endless 0 %")
                    #expect(try await dialogue.end(batch.scene) == ExitStatus.interrupted.rawValue)
                    let lines = ScreenModel(Array(try dialogue.screen.utf8), width: 80).lines.joined(separator: "\n")
                    #expect(!lines.contains("%") && lines.contains("Interrupted"), "\(lines)")
                    #expect(try await server.answer(to: "torrentcreator/status") == "[]")
                }
            }
        }
    }

    /// Results in a file or a pipe hold nothing of what is drawn.
    @Test func resultsThatGoElsewhereAreResultsAlone() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 3)
            let told = home.path.appending("told")
            try await withLargeFile("large", size: 1 << 30) { folder in
                let dialogue = try Dialogue(
                    batch.scene, batch.words + ["--each", folder.string],
                    environment: batch.environment(server).merging(["TERM": "xterm"]) { $1 },
                    by: ["sh", "-c", "exec \"$@\" > \(told.string)", "sh"])
                try await dialogue.expect(" %, ")
                #expect(try await dialogue.end(batch.scene) == 0)
                let screen = ScreenModel(Array(try dialogue.screen.utf8), width: 80)
                #expect(!screen.lines.joined().contains("%") && !screen.lines.joined().contains("[#"))
                let lines = String(decoding: try Files.bytes(told), as: UTF8.self).split(separator: "\n")
                #expect(
                    lines.map(String.init)
                        == (batch.allNames + ["large.torrent"]).map { batch.results.appending($0).string })
            }
        }
    }

    /// Without a terminal that can, or a person who wants it, there are lines alone.
    @Test(arguments: [
        ["TERM": "dumb"], ["TERM": "xterm", "MORE": "--color never"], ["TERM": "xterm", "MORE": "--json"],
    ])
    func plainLinesWhereThatIsWanted(variables: [String: String]) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 3)
            let more = variables["MORE"]?.split(separator: " ").map(String.init) ?? []
            let dialogue = try Dialogue(
                batch.scene, batch.words + more,
                environment: batch.environment(server).merging(variables) { $1 })
            #expect(try await dialogue.end(batch.scene) == 0)
            #expect(!(try dialogue.screen.contains("\u{1b}")))
            for name in batch.allNames { #expect(try dialogue.screen.contains(name)) }
        }
    }
}
