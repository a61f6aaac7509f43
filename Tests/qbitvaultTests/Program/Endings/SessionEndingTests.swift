import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// However a run ends, it leaves no session open on the server: each login that succeeded is followed by a logout.
@Suite(.timeLimit(.minutes(3))) struct SessionEndingTests {
    @Test(arguments: RealServer.Version.allCases)
    func atTheEnd(version: RealServer.Version) async throws {
        try await withRelay(version, { _, _, _ in .passOn }) { relay, scene, environment, _ in
            let run = try await scene.run(["check"], environment: environment)
            #expect(run.status == 0)
            expectAllClosed(relay)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func onFailure(version: RealServer.Version) async throws {
        try await withRelay(version, { _, _, _ in .passOn }) { relay, scene, environment, _ in
            let source = try scene.makeSource()
            let rule = ["QBITVAULT_DOCKER_PATH_MAPPING": "{\(scene.home.path): /nonexistent}"]
            let run = try await scene.run(["create", source.string], environment: environment.merging(rule) { $1 })
            #expect(run.status != 0)
            expectAllClosed(relay)
        }
    }

    /// While the server is at the login, or at the first question after it.
    @Test(
        arguments: RealServer.Version.allCases,
        [("auth/login", SIGINT), ("app/webapiVersion", SIGINT), ("app/webapiVersion", SIGTERM), ("auth/login", SIGHUP)])
    func onASignal(version: RealServer.Version, moment: (endpoint: String, signal: Int32)) async throws {
        try await withRelay(version) { endpoint, point, leash in
            if endpoint == moment.endpoint, point == .asked {
                leash.send(moment.signal)
                // A server takes its time: on a busy machine the run could be done before it heard.
                usleep(300_000)
            }
            return .passOn
        } _: { relay, scene, environment, leash in
            let run = try await scene.run(["check"], environment: environment, by: leash.starter)
            #expect(run.status == 128 + moment.signal)
            try scene.expectNoLeak(in: run)
            expectAllClosed(relay)
            // And nothing was remembered against the next run.
            #expect(try await scene.run(["check"], environment: environment).status == 0)
        }
    }

    /// A terminal's end is told twice, by the kernel and by the shell.
    @Test func aSecondHangupIsTheFirstOnesEcho() async throws {
        try await withRelay(.v5_3) { endpoint, point, leash in
            if endpoint == "app/webapiVersion", point == .asked { leash.send(SIGHUP) }
            if endpoint == "auth/logout", point == .asked { leash.send(SIGHUP) }
            return .passOn
        } _: { relay, scene, environment, leash in
            let run = try await scene.run(["check"], environment: environment, by: leash.starter)
            #expect(run.status == 128 + SIGHUP)
            expectAllClosed(relay)
        }
    }

    /// Whoever signals twice has no patience for a server that does not answer.
    @Test(arguments: [SIGINT, SIGTERM])
    func aSecondSignalEndsAtOnce(signal: Int32) async throws {
        try await withRelay(.v5_1) { endpoint, point, leash in
            guard point == .asked else { return .passOn }
            if endpoint == "app/webapiVersion" { leash.send(signal) }
            if endpoint == "auth/logout" {
                leash.send(signal)
                // Longer than the program would wait.
                sleep(8)
            }
            return .passOn
        } _: { relay, scene, environment, leash in
            let start = ContinuousClock.now
            let run = try await scene.run(["check"], environment: environment, by: leash.starter)
            #expect(run.status == 128 + signal)
            #expect(run.output.isEmpty && ContinuousClock.now - start < .seconds(5))
        }
    }

    /// What had failed before the signal came is what is told.
    @Test func aSignalDoesNotHideAnEarlierFailure() async throws {
        try await withRelay(.v5_3) { endpoint, point, leash in
            if endpoint == "auth/login", point == .answered { leash.send(SIGTERM) }
            return .passOn
        } _: { relay, scene, _, leash in
            let wrong = scene.environment(for: relay.url)
            let run = try await scene.run(["check"], environment: wrong, by: leash.starter)
            try run.expectProblem(.credentialsRefused)
        }
    }

    private func expectAllClosed(_ relay: Relay, sourceLocation: SourceLocation = #_sourceLocation) {
        let opened = relay.sent("auth/login")
        #expect(opened > 0 && relay.answered("auth/logout", "200") == opened, sourceLocation: sourceLocation)
    }

    private typealias Act = @Sendable (_ endpoint: String, _ point: Relay.Point, _ leash: Leash) -> Relay.Order

    private func withRelay(
        _ version: RealServer.Version, _ act: @escaping Act,
        _ body: (Relay, Scene, [String: String], Leash) async throws -> Void
    ) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let leash = Leash(in: scene)
            try await RealServer.with(version, settings: Relay.settings) { server in
                let environment = scene.environment(for: server)
                let act: Relay.Action = { act($0, $1, leash) }
                try await Relay.with(before: server, act) { relay in
                    try await body(relay, scene, environment.merging(["QBITVAULT_URL": relay.url]) { $1 }, leash)
                }
            }
        }
    }
}
