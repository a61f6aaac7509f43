import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// A batch that is killed again and again, at every point of a request's way.
@Suite(.timeLimit(.minutes(20))) struct CreateKillTests {
    /// When the program is killed.
    struct Instant: Sendable, CustomStringConvertible {
        let endpoint: String
        let point: Relay.Point
        /// Of the requests to that endpoint.
        let count: Int
        var description: String { "\(endpoint) \(point) \(count)" }
    }

    static let instants: [Instant] = [1, 2, 4, 7].flatMap { count in
        ["status", "addTask", "torrentFile", "deleteTask"].flatMap { endpoint in
            [Relay.Point.asked, .answered].map { Instant(endpoint: endpoint, point: $0, count: count) }
        }
    }

    /// Kills whoever stands in a file.
    final class Killer: Sendable {
        private let pidFile: FilePath
        private let state = Mutex<(instant: Instant?, seen: Int, kills: Int)>((nil, 0, 0))

        init(_ pidFile: FilePath) { self.pidFile = pidFile }

        var kills: Int { state.withLock { $0.kills } }

        func aim(at instant: Instant?) { state.withLock { $0 = (instant, 0, $0.kills) } }

        func hear(_ endpoint: String, _ point: Relay.Point) -> Relay.Order {
            state.withLock { state in
                guard let instant = state.instant, point == instant.point,
                    endpoint.hasPrefix("torrentcreator/\(instant.endpoint)")
                else { return .passOn }
                state.seen += 1
                guard state.seen == instant.count else { return .passOn }
                state.instant = nil
                let text = (try? Files.bytes(pidFile)).map { String(decoding: $0, as: UTF8.self) } ?? ""
                guard let pid = pid_t(text.dropLast()), kill(pid, SIGKILL) == 0 else { return .passOn }
                state.kills += 1
                return .cut
            }
        }
    }

    /// Rounds over all instants, and the number of sources.
    static let runs: [(RealServer.Version, rounds: Int, count: Int)] = [(.v5_3, 2, 300), (.v5_1, 1, 170)]

    @Test(arguments: runs.indices)
    func nothingIsMadeTwiceOrLost(row: Int) async throws {
        let (version, rounds, count) = Self.runs[row]
        try await RealServer.with(version, settings: Relay.settings) { server in
            try await TestHome.with { home in
                let batch = try BatchScene(home, count)
                let others = try await ForeignSession(server)
                for number in 0..<3 { try await others.addTask(of: batch.file(number)) }
                let foreign = try await others.taskIDs()
                let pidFile = home.path.appending("pid")
                let killer = Killer(pidFile)
                try await Relay.with(before: server, { killer.hear($0, $1) }) { relay in
                    for instant in Array(repeating: Self.instants, count: rounds).joined() {
                        killer.aim(at: instant)
                        let kills = killer.kills
                        let run = try await batch.run(
                            server, at: relay.url,
                            by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pidFile.string])
                        try #require(killer.kills == kills + 1, "\(instant): \(run.status) \(run.error)")
                    }
                    killer.aim(at: nil)
                    let last = try await batch.run(server, at: relay.url)
                    #expect(last.status == 0, "\(last.error)")
                    // Each task that the server took was for another source: but for those that it made of a request
                    // whose caller was gone, after the next run had looked. On a machine that is too busy that happens.
                    let tasks = relay.answered("torrentcreator/addTask", "200")
                    #expect((count...count + relay.late("torrentcreator/addTask")).contains(tasks))
                    // And now there is nothing to be done.
                    let idle = try await batch.run(server, at: relay.url)
                    #expect(try idle.document() == ToldSummary(madeBefore: count))
                }
                #expect(killer.kills == rounds * Self.instants.count)
                #expect(try batch.resultNames() == batch.allNames)
                #expect(try batch.memories() == ["hash.key", "made", "watch"])
                // The other session is long gone: 5.3.0 keeps fifteen.
                #expect(try await ForeignSession(server).taskIDs() == foreign)
            }
        }
    }
}
