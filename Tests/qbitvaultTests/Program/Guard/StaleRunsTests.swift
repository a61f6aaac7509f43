import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A password that is no longer right, and everything that runs with it: cron, loops, many at once, and whatever is
/// killed in the middle. The server bans after two failures, and sees one.
@Suite(.timeLimit(.minutes(10))) struct StaleRunsTests {
    private static let runs = 100

    /// From the vault, as unattended runs do.
    @Test(arguments: RealServer.Version.allCases)
    func oneAfterTheOther(version: RealServer.Version) async throws {
        try await withServer(version) { server, relay, scene in
            let url = ["QBITVAULT_URL": relay.url]
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            try await scene.keepStalePassword(server.username, url)
            for run in 1...Self.runs {
                let checked = try await scene.run(["check"], environment: url)
                #expect(checked.status == (run == 1 ? 22 : 24), "\(checked.error)")
            }
            #expect(relay.sent("auth/login") == 1)
            try await expectNoBan(server)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func atOnce(version: RealServer.Version) async throws {
        try await withServer(version) { server, relay, scene in
            let environment = scene.environment(for: relay.url)
            let statuses = try await inParallel(Self.runs, atOnce: 16) {
                try await scene.run(["check"], environment: environment).status
            }
            #expect(statuses.count { $0 == 22 } == 1)
            #expect(statuses.count { $0 == 24 } == Self.runs - 1)
            #expect(relay.sent("auth/login") == 1)
            try await expectNoBan(server)
        }
    }

    /// Ten times the same with nothing remembered: nine runs that are killed, each later in its life than the one
    /// before, and one that is left alone.
    @Test(arguments: RealServer.Version.allCases)
    func killedAtAnyMoment(version: RealServer.Version) async throws {
        try await withServer(version) { server, relay, scene in
            let environment = scene.environment(for: relay.url)
            for round in 1...Self.runs / 10 {
                let before = relay.sent("auth/login")
                for run in 1...9 {
                    let seconds = Double(run * 20 + round * 2) / 1000
                    let killed = try await scene.run(
                        ["check"], environment: environment, by: ["timeout", "-s", "KILL", "\(seconds)"])
                    #expect([137, 22, 24].contains(killed.status))
                }
                let last = try await scene.run(["check"], environment: environment)
                #expect([22, 24].contains(last.status), "\(last.error)")
                #expect(relay.sent("auth/login") <= before + 1)
                try await expectNoBan(server)
                try Files.removeTree(scene.home.state.appending("qbitvault/logins"))
            }
            #expect(relay.sent("auth/login") > 0)
        }
    }

    /// The server has been sent the password, and the program dies before it hears the answer.
    @Test(arguments: RealServer.Version.allCases, [Relay.Point.asked, .answered])
    func killedBetweenQuestionAndAnswer(version: RealServer.Version, point: Relay.Point) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let leash = Leash(in: scene)
            try await withServer(version) { endpoint, now in
                if endpoint == "auth/login", now == point { leash.kill() }
                return .passOn
            } _: { server, relay, _ in
                let environment = scene.environment(for: relay.url)
                let killed = try await scene.run(["check"], environment: environment, by: leash.starter)
                #expect(killed.status == 137)
                for _ in 1...3 {
                    let held = try await scene.run(["check"], environment: environment)
                    try held.expectProblem(.refusedBefore)
                    #expect(held.error.contains("cut off before the server answered"))
                }
                #expect(relay.sent("auth/login") == 1)
                try await expectNoBan(server)
            }
        }
    }

    /// A key that is no longer right is no reason for a ban, and a stale password beside it is sent once.
    @Test(arguments: [false, true])
    func withAKeyThatIsNoLongerRight(hasPassword: Bool) async throws {
        try await withServer(.v5_3) { server, relay, scene in
            var environment = scene.environment(for: relay.url)
            if !hasPassword { environment["QBIT_PASSWORD"] = nil }
            environment["QBIT_API_KEY"] = Secret.unknownAPIKey().text
            let given = environment
            let statuses = try await inParallel(Self.runs, atOnce: 16) {
                try await scene.run(["check"], environment: given).status
            }
            #expect(statuses.count { $0 == 22 } == (hasPassword ? 1 : Self.runs))
            #expect(statuses.count { $0 == 24 } == (hasPassword ? Self.runs - 1 : 0))
            #expect(relay.sent("auth/login") == (hasPassword ? 1 : 0))
            #expect(relay.answered("app/webapiVersion", "403") == Self.runs)
            try await expectNoBan(server)
        }
    }

    private func withServer(
        _ version: RealServer.Version, _ act: @escaping Relay.Action = { _, _ in .passOn },
        _ body: (RealServer, Relay, Scene) async throws -> Void
    ) async throws {
        let settings = ["Preferences/WebUI/MaxAuthenticationFailCount": "2"].merging(Relay.settings) { $1 }
        try await RealServer.with(version, settings: settings) { server in
            try await Relay.with(before: server, act) { relay in
                try await TestHome.with { try await body(server, relay, Scene($0)) }
            }
        }
    }

    /// Signs in from the same address, which a ban would refuse.
    private func expectNoBan(_ server: RealServer) async throws {
        #expect(try await server.release().hasPrefix("v\(server.version)"))
    }
}
