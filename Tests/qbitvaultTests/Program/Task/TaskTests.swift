import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// The tasks of a server's Torrent Creator: ours and others'.
@Suite(.timeLimit(.minutes(2))) struct TaskTests {
    struct Told: Decodable {
        struct Task: Decodable {
            let id: String
            let status: String
            let ours: Bool
            let source: String
            let trackers: [[String]]
        }

        let tasks: [Task]
    }

    struct Deleted: Decodable { let deleted: [String] }

    /// A run that was killed while the server was at its task, beside a task of somebody else's.
    private func afterAKill(
        _ version: RealServer.Version,
        _ body: (Scene, RealServer, ForeignSession, [String: String]) async throws -> Void
    ) async throws {
        try await RealServer.with(version, settings: Relay.settings) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, 3)
                let others = try await ForeignSession(server)
                try await others.addTask(of: batch.file(0))
                let pidFile = home.path.appending("pid")
                let killer = CreateKillTests.Killer(pidFile)
                killer.aim(at: CreateKillTests.Instant(endpoint: "torrentFile", point: .asked, count: 1))
                try await Relay.with(before: server, { killer.hear($0, $1) }) { relay in
                    _ = try await batch.run(
                        server, ["--tracker", "http://tracker.example/0123456789abcdef/announce"], at: relay.url,
                        by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pidFile.string])
                    #expect(killer.kills == 1)
                    try await body(batch.scene, server, others, batch.environment(server, at: relay.url))
                }
            }
        }
    }

    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func oursAndOthersAreToldApart(version: RealServer.Version) async throws {
        try await afterAKill(version) { scene, _, others, environment in
            let told: Told = try await scene.succeeding(["task", "list"], environment: environment)
            // How many of three were asked for when it was killed is a matter of time.
            let count = told.tasks.count { $0.ours }
            #expect((1...3).contains(count) && told.tasks.count == count + 1)
            // What may be a pass key is in no output.
            #expect(told.tasks.filter(\.ours).allSatisfy { $0.trackers == [["http://tracker.example/…"]] })
            let text = try await scene.home.run(["task", "list"], environment: environment)
            #expect(!text.text.contains("0123456789abcdef") && text.text.contains("ours"))
            let own: Told = try await scene.succeeding(["task", "list", "--ours"], environment: environment)
            #expect(own.tasks.count == count)

            let cleaned: Deleted = try await scene.succeeding(["task", "clean"], environment: environment)
            #expect(Set(cleaned.deleted) == Set(own.tasks.map(\.id)))
            #expect(try await others.taskIDs() == Set(told.tasks.filter { !$0.ours }.map(\.id)))

            // Others' are deleted only where that is said.
            let refused = try await scene.run(["task", "clean", "--others"], environment: environment)
            try refused.expectProblem(.usage)
            let rest: Deleted = try await scene.succeeding(
                ["task", "clean", "--others", "--yes"], environment: environment)
            #expect(rest.deleted.count == 1)
            #expect(try await others.taskIDs().isEmpty)
        }
    }

    @Test func aTaskIsFetchedAndDeletedByItsID() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let source = try scene.makeSource()
                let environment = scene.environment(for: server)
                let others = try await ForeignSession(server)
                try await others.addTask(of: source)
                let id = try #require(try await others.taskIDs().first)
                while try await !others.answer(to: "torrentcreator/status").contains("Finished") {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let fetch = ["task", "fetch", id, "--output", home.path.string]
                let told: ToldTorrent = try await scene.succeeding(fetch, environment: environment)
                #expect(told.name == "source" && told.size == 40_000)
                #expect(FilePath(told.file) == home.path.appending("source.torrent"))
                try (await scene.run(fetch, environment: environment)).expectProblem(.resultCannotBeWritten)
                #expect(try await others.taskIDs() == [id])

                let unknown = try await scene.run(["task", "delete", id, "no-such"], environment: environment)
                try unknown.expectProblem(.serverError)
                #expect(try await others.taskIDs() == [id], "all or nothing")
                try (await scene.run(["task", "fetch", "no-such"], environment: environment))
                    .expectProblem(.serverError)
                let deleted: Deleted = try await scene.succeeding(["task", "delete", id], environment: environment)
                #expect(deleted.deleted == [id])
                #expect(try await others.taskIDs().isEmpty)
            }
        }
    }

    @Test(arguments: [["task", "list"], ["task", "clean"], ["task", "delete", "x"], ["path", "check", "."]])
    func anOldServerHasNone(words: [String]) async throws {
        let server = try await RealServer.shared(.v4_5)
        try await TestHome.with { home in
            let scene = Scene(home)
            try (await scene.run(words, environment: scene.environment(for: server))).expectProblem(.serverTooOld)
        }
    }
}
