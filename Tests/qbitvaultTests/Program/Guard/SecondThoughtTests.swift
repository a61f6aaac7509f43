import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What was refused or cut off comes right again without a person, whether it is corrected here or on the server.
@Suite(.timeLimit(.minutes(5))) struct SecondThoughtTests {
    @Test(arguments: RealServer.Version.allCases)
    func aPasswordThatIsCorrectedHereWorksAtOnce(version: RealServer.Version) async throws {
        try await withServer(version) { server, scene in
            try await scene.keepStalePassword(of: server)
            for status in [ExitStatus.credentialsRefused, .refusedBefore] {
                try await scene.run(["check"], environment: scene.url(server)).expectProblem(status)
            }
            try await scene.succeed(
                ["credential", "set", "QBIT_PASSWORD", "--stdin"], input: server.password(),
                environment: scene.url(server))
            let checked: ToldCheck = try await scene.succeeding(["check"], environment: scene.url(server))
            #expect(checked.proof == "password")
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aServerThatIsChangedToMatchIsNoticedWithinTheHour(version: RealServer.Version) async throws {
        try await withServer(version) { server, scene in
            let administrator = try await ForeignSession(server)
            let password = try await scene.keepStalePassword(of: server)
            try await scene.run(["check"], environment: scene.url(server)).expectProblem(.credentialsRefused)
            try await administrator.setPassword(password)
            for (passed, status) in [(0, 24), (3540, 24), (3660, 0), (3660, 0)] {
                let run = try await scene.run(["check"], environment: scene.url(server), by: later(passed))
                #expect(run.status == status, "\(passed): \(run.error)")
            }
            // Nothing is left of it.
            #expect(try await scene.run(["check"], environment: scene.url(server)).status == 0)
        }
    }

    /// Wrong all the time: twice more, and then never again by itself.
    @Test func whoStaysWrongIsHeardThreeTimesInAll() async throws {
        try await withServer(.v5_1) { server, scene in
            let environment = scene.environment(for: server, wrong: true)
            let (hour, day) = (3600, 86_400)
            let rounds = [
                (0, 22), (hour, 22), (2 * hour, 24), (day, 24), (hour + day + 60, 22), (30 * day, 24), (3000 * day, 24),
            ]
            for (passed, status) in rounds {
                let run = try await scene.run(["check"], environment: environment, by: later(passed))
                #expect(run.status == status, "\(passed): \(run.error)")
            }
        }
    }

    /// A right password, and a connection that breaks before the answer: it is not sent again at once, nor given up.
    @Test(arguments: RealServer.Version.allCases)
    func aLoginThatWasCutOffComesBackAfterTenMinutes(version: RealServer.Version) async throws {
        try await withServer(version) { server, scene in
            let environment = scene.environment(for: server)
            var other = environment
            try await Relay.with(before: server) { endpoint, point in
                endpoint == "auth/login" && point == .answered ? .cut : .passOn
            } _: { relay in
                other["QBITVAULT_URL"] = relay.url
                try await scene.run(["check"], environment: other).expectProblem(.serverUnreachable)
                for (passed, status) in [(0, 24), (540, 24), (660, 20), (720, 24), (660 + 3660, 20)] {
                    let run = try await scene.run(["check"], environment: other, by: later(passed))
                    #expect(run.status == status, "\(passed): \(run.error)")
                }
                #expect(relay.sent("auth/login") == 3)
                let forced = try await scene.run(["check", "--force"], environment: other)
                #expect(forced.status == 20)
            }
        }
    }

    private func withServer(
        _ version: RealServer.Version, _ body: (RealServer, Scene) async throws -> Void
    ) async throws {
        try await RealServer.with(version, settings: Relay.settings) { server in
            try await TestHome.with { try await body(server, Scene($0)) }
        }
    }

    /// Runs a program so many seconds later than now.
    private func later(_ seconds: Int) -> [String] {
        seconds == 0 ? [] : ["faketime", "-f", "+\(seconds)s"]
    }
}

extension Scene {
    fileprivate func url(_ server: RealServer) -> [String: String] { ["QBITVAULT_URL": server.url] }

    /// Makes a vault that holds a password which the server does not know.
    @discardableResult
    fileprivate func keepStalePassword(of server: RealServer) async throws -> Secret {
        try await succeed(["vault", "init", "--key-file", keyFile.string])
        hold(server.password())
        return try await keepStalePassword(server.username, url(server))
    }
}
