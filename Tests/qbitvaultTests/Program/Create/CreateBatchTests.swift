import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Many sources in one run.
@Suite(.timeLimit(.minutes(3))) struct CreateBatchTests {
    /// Names with blanks, line breaks and bytes that are no text; a line each, or a zero byte each.
    @Test(arguments: ["\n", "\0"])
    func sourcesComeFromAList(separator: String) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 2)
            let odd = separator == "\0" ? "two\nlines" : " with blanks "
            try batch.scene.make("sources/\(odd)/file")
            let names = [odd, batch.name(1), batch.name(0)]
            let list = names.map { "sources/\($0)" }.joined(separator: separator) + separator
            try Files.write(list, to: home.path.appending("list"))
            let words = ["create", "--output", batch.results.string, "--from"]
            let file = try await home.run(words + ["list"], environment: batch.environment(server))
            #expect(file.status == 0, "\(file.error)")
            // The results are in the order of the sources.
            let made = [odd.replacing("\n", with: "_"), batch.name(1), batch.name(0)].map { "\($0).torrent" }
            #expect(file.text.split(separator: "\n").compactMap { FilePath(String($0)).lastComponent?.string } == made)
            let piped = try await home.run(
                words + ["-", "--again"], input: .text(list), environment: batch.environment(server))
            #expect(piped.text == file.text)
        }
    }

    @Test func oneThatFailsHidesNoOther() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 3)
            try batch.scene.make("sources/empty/", "sources/s0000x/file", "results/s0001.torrent")
            try batch.scene.make("sources/.hidden/file")
            let run = try await batch.run(server, ["nope"])
            #expect(run.status == ExitStatus.someFailed.rawValue, "\(run.error)")
            #expect(run.events("done").count == 3)
            let failed = run.events("failed")
            #expect(failed.count == 3)
            for (word, status) in [("nope", 30), ("empty", 30), ("s0001", 36)] {
                #expect(failed.contains { $0.contains(word) && $0.contains("\"status\":\(status)") }, "\(failed)")
            }
            let summary: [ToldSummary] = try run.documents(last: 1, but: 1)
            #expect(summary == [ToldSummary(made: 3, failed: 3)])

            let text = try await home.run(
                batch.words + ["nope", "--again"], environment: batch.environment(server))
            #expect(text.status == ExitStatus.someFailed.rawValue)
            #expect(text.text.split(separator: "\n").count == 3)
            #expect(text.error.contains("failed       3") && text.error.contains("nope"), "\(text.error)")
        }
    }

    @Test func theFirstFailureMayBeTheEnd() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 60)
                let run = try await batch.run(server, ["nope", "--fail-fast"])
                #expect(run.status == ExitStatus.sourceOrPathWrong.rawValue, "\(run.error)")
                let summary: [ToldSummary] = try run.documents(last: 1, but: 1)
                #expect(summary.first?.failed == 1 && (summary.first?.notTried ?? 0) > 0)
                #expect(try await ForeignSession(server).taskIDs().isEmpty)
            }
        }
    }

    /// Two sources that would make one file: one does.
    @Test func noTorrentIsWrittenOverAnother() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 1)
            try batch.scene.make("other/s0000/file")
            // One that is named twice is one source.
            let twice = try await batch.run(server, ["sources/s0000/", "sources/../sources/s0000", "--again"])
            #expect(twice.status == 0 && twice.events("done").count == 1, "\(twice.error)")
            let run = try await batch.run(server, [home.path.appending("other/s0000").string, "--again"])
            #expect(run.status == ExitStatus.someFailed.rawValue)
            #expect(run.events("failed").first?.contains("makes the same file") == true)
            #expect(run.events("done").count == 1)
        }
    }

    /// What was made, and has not changed, is passed over without a word; everything else is made.
    @Test func onlyWhatIsNewIsMade() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 6)
            #expect(try (await batch.run(server)).document() == ToldSummary(made: 6))
            let idle = try await home.run(batch.words, environment: batch.environment(server))
            #expect(idle.status == 0 && idle.output.isEmpty && idle.error.isEmpty, "\(idle.text)\(idle.error)")

            // Changed, joined by another file, its torrent gone, its torrent changed by somebody.
            try Files.write("something else, and longer", to: batch.file(0))
            try Files.write("new", to: batch.sources.appending(batch.name(1)).appending("more"))
            try Files.remove(batch.result(2))
            try Files.write("mine", to: batch.result(3))
            let changed = try await batch.run(server)
            #expect(changed.status == ExitStatus.someFailed.rawValue)
            let summary: [ToldSummary] = try changed.documents(last: 1, but: 1)
            #expect(summary == [ToldSummary(made: 3, madeBefore: 2, failed: 1)])
            // A file of somebody else's is not replaced.
            #expect(try Files.bytes(batch.result(3)) == Array("mine".utf8))
            try Files.remove(batch.result(3))

            // Asked for in another way, or once more.
            #expect(try (await batch.run(server, ["--private"])).document() == ToldSummary(made: 6))
            #expect(try (await batch.run(server, ["--private"])).document() == ToldSummary(madeBefore: 6))
            #expect(try (await batch.run(server, ["--private", "--again"])).document() == ToldSummary(made: 6))
        }
    }

    /// Where no journal can be written no task is asked for.
    @Test func withoutAJournalThereAreNoTasks() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let batch = try BatchScene(home, 2)
            let memory = home.state.appending("qbitvault/creation")
            try Files.makeFolder(memory)
            let script = """
                mount -t tmpfs -o size=16k,mode=700 none "$0" && head -c 8192 /dev/zero >"$0/filler" && exec "$@"
                """
            let run = try await batch.run(server, by: ["unshare", "--mount", "sh", "-c", script, memory.string])
            try run.expectProblem(.resultCannotBeWritten)
            #expect(try batch.resultNames().isEmpty)
        }
    }

    /// A timer that fires while its last run is still at work.
    @Test func twoRunsDoNotWatchOneFolder() async throws {
        try await RealServer.with(.v5_3, settings: Relay.settings) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 3)
                let isHeld = Mutex(true)
                let begun = Once()
                try await Relay.with(
                    before: server,
                    { endpoint, point in
                        guard endpoint.hasPrefix("torrentcreator/addTask"), point == .asked else { return .passOn }
                        begun.do()
                        while isHeld.withLock({ $0 }) { usleep(2000) }
                        return .passOn
                    }
                ) { relay in
                    async let first = batch.run(server, at: relay.url)
                    try await begun.wait()
                    let second = try await batch.run(server, at: relay.url)
                    isHeld.withLock { $0 = false }
                    try second.expectProblem(.busy)
                    #expect(try await first.document() == ToldSummary(made: 3))
                }
                #expect(try batch.memories() == ["hash.key", "made", "watch"])
            }
        }
    }

    /// Torrents in the folder that is watched are no sources, nor is the folder that they go to.
    @Test func theResultsAreNoSources() async throws {
        let server = try await RealServer.shared(.v5_3)
        for folder in ["", "made"] {
            try await TestHome.with { home in
                let batch = try BatchScene(home, 2)
                let output = batch.sources.appending(folder)
                try Files.makeFolder(output)
                for told in [ToldSummary(made: 2), ToldSummary(madeBefore: 2)] {
                    let run = try await batch.scene.run(
                        ["create", "--each", batch.sources.string, "--output", output.string],
                        environment: batch.environment(server))
                    #expect(try run.document() == told)
                }
                let torrents = try Files.names(in: output).filter { $0.hasSuffix(".torrent") }
                #expect(torrents.sorted() == batch.allNames)
            }
        }
    }

    /// Beside somebody who has tasks there, and a server that holds few: nothing of theirs is lost, and ours wait.
    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func beside(version: RealServer.Version) async throws {
        try await RealServer.with(version, settings: ["TorrentCreator/Manager\\MaxTasks": "40"]) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 60)
                let others = try await ForeignSession(server)
                for number in 0..<12 { try await others.addTask(of: batch.file(number)) }
                let theirs = try await others.taskIDs()
                let run = try await batch.run(server)
                #expect(run.status == 0, "\(run.error)")
                #expect(try run.document() == ToldSummary(made: 60))
                #expect(try await ForeignSession(server).taskIDs() == theirs)
            }
        }
    }

    /// A server that is started again in the middle has lost all tasks: they are submitted once more.
    @Test func aRestartIsSurvived() async throws {
        try await RealServer.with(.v5_3, settings: Relay.settings) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 40)
                let seen = Countdown(25)
                let restart = Once()
                try await Relay.with(
                    before: server,
                    { endpoint, point in
                        guard endpoint.hasPrefix("torrentcreator/torrentFile"), point == .asked else { return .passOn }
                        if !seen.step() { restart.do() }
                        return .passOn
                    }
                ) { relay in
                    async let run = batch.run(server, at: relay.url)
                    try await restart.wait()
                    try await server.restart(settings: Relay.settings)
                    let ended = try await run
                    #expect(ended.status == 0, "\(ended.error)")
                    #expect(try ended.document() == ToldSummary(made: 40))
                }
            }
        }
    }
}

/// Says yes so many times.
private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ times: Int) { left = Mutex(times) }

    func step() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

/// Something that happens, and is waited for.
private final class Once: Sendable {
    private let isDone = Mutex(false)

    func `do`() { isDone.withLock { $0 = true } }

    func wait() async throws {
        while !isDone.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
    }
}
