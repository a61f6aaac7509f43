import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// How many servers are worked on at once, and how that ends.
@Suite(.timeLimit(.minutes(3))) struct ManyAtOnceTests {
    /// Twenty servers: real ones of three versions, by several names each, and ports where nobody listens.
    @Test func neverMoreThanPoolConnections() async throws {
        let crowd = Crowd()
        let anyPort = ["Preferences/WebUI/HostHeaderValidation": "false"]
        try await TestHome.with { home in
            let scene = Scene(home)
            try await RealServer.with(.v4_5, settings: anyPort) { old in
                try await RealServer.with(.v5_3, settings: anyPort) { new in
                    try await StandIn.with(.passOn(to: old.port), crowd: crowd) { relay in
                        try await StandIn.with(.passOn(to: new.port), crowd: crowd) { other in
                            let closed = try await StandIn.closedURL()
                            let urls = (0..<20).map { $0 % 5 == 4 ? closed : $0 % 2 == 0 ? relay.url : other.url }
                            try scene.configure(
                                servers: urls.enumerated().map { ("s\($0)", "url: \"\($1)\"") },
                                common: "{pool_connections: 3}")
                            var environment: [String: String] = [:]
                            for index in urls.indices {
                                let server = index % 2 == 0 ? old : new
                                environment.merge(scene.environment(for: server, as: "s\(index)")) { $1 }
                            }
                            let run = try await scene.run(["check", "--all-servers"], environment: environment)
                            try scene.expectNoLeak(in: run)
                            let told = try ToldServers(run)
                            #expect(told.rows.map(\.serverName) == urls.indices.map { "s\($0)" })
                            #expect(told.rows.map(\.server) == urls)
                            #expect(told.rows.map { $0.error?.status } == urls.map { $0 == closed ? 20 : nil })
                            #expect(told.totals.succeeded == 16)
                            #expect(run.status == ExitStatus.someFailed.rawValue)
                        }
                    }
                }
            }
        }
        #expect(crowd.most == 3)
    }

    /// Servers that never answer: no fourth is called while three are waited for, nor after Ctrl-C.
    @Test func aSignalEndsAllAndBeginsNoMore() async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let names = (0..<20).map { "s\($0)" }
                try scene.configure(
                    servers: names.map { ($0, "url: \"\(server.url)\"") }, common: "{pool_connections: 3}")
                let run = try await signalled(SIGINT, scene, names) {
                    try await server.expectCalls(3)
                    try await Task.sleep(for: .milliseconds(300))
                    #expect(server.calls == 3)
                }
                #expect(server.calls == 3)
                try run.expectProblem(.interrupted)
            }
        }
    }

    /// One is done and has its row; the other is in the middle of its work, and signs out.
    @Test(arguments: [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)])
    func whoIsSignedInSignsOut(_ signal: Int32, _ status: ExitStatus) async throws {
        let anyPort = ["Preferences/WebUI/HostHeaderValidation": "false"]
        try await RealServer.with(.v5_3, settings: anyPort) { server in
            try await StandIn.with(.holdBack("app/webapiVersion", to: server.port)) { relay in
                try await StandIn.with(.holdBack("nothing", to: server.port)) { open in
                    try await TestHome.with { home in
                        let scene = Scene(home)
                        try scene.configure(servers: [
                            ("done", "url: \"\(open.url)\""), ("working", "url: \"\(relay.url)\""),
                        ])
                        let environment = scene.environment(for: server, as: "done", "working")
                        let run = try await signalled(signal, scene, [], environment) {
                            try await open.expectToHear("auth/logout")
                            try await relay.expectToHear("app/webapiVersion")
                            #expect(!relay.hasHeard("auth/logout"))
                        }
                        #expect(run.status == status.rawValue)
                        #expect(relay.hasHeard("POST /api/v2/auth/logout"))
                        let row = try #require(try run.documents(last: 1, but: 1, ToldServers.Row.self).first)
                        #expect(row.serverName == "done" && row.error == nil)
                        let problem = try #require(try run.documents(last: 1, ToldProblem.self).first)
                        #expect(problem.status == status.rawValue)
                        try scene.expectNoLeak(in: run)
                    }
                }
            }
        }
    }

    /// Runs `check --all-servers`, and sends a signal after `moment`.
    private func signalled(
        _ signal: Int32, _ scene: Scene, _ names: [String], _ given: [String: String]? = nil,
        after moment: () async throws -> Void
    ) async throws -> ToolRun {
        let file = scene.home.path.appending("pid")
        var environment = given ?? [:]
        for name in names {
            environment["QBIT_USERNAME__\(name.uppercased())"] = "admin"
            environment["QBIT_PASSWORD__\(name.uppercased())"] = scene.newSecret().text
        }
        async let run = scene.run(
            ["check", "--all-servers"], environment: environment,
            by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", file.string])
        try await moment()
        let text = String(decoding: try Files.bytes(file), as: UTF8.self)
        guard let pid = pid_t(text.dropLast()), kill(pid, signal) == 0 else { throw Errno(rawValue: errno) }
        return try await run
    }
}

extension StandIn {
    func hasHeard(_ words: String) -> Bool { String(decoding: heard, as: UTF8.self).contains(words) }

    func expectToHear(_ words: String) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !hasHeard(words) {
            guard ContinuousClock.now < deadline else { throw NobodyCalled() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
