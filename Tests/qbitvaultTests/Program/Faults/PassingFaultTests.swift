import TestSupport
import Testing

@testable import qbitvault

/// Faults that pass by themselves are outlived; but no login is sent twice.
@Suite(.timeLimit(.minutes(5))) struct PassingFaultTests {
    private static let passing: [(String, Fault)] = [
        ("reset", Fault(.onRequest, .reset)), ("reset when accepted", Fault(.onAccept, .reset)),
        ("closed", Fault(.onRequest, .close)), ("broken off", Fault { [.text($0.longer(by: 1)), .close] }),
        ("bad gateway", .altered { $0.with(status: "502 Bad Gateway") }),
        ("busy", .altered { $0.with(status: "503 Service Unavailable").with(headers: "retry-after: 0") }),
        ("too many", .altered { $0.with(status: "429 Too Many Requests").with(headers: "retry-after: 1") }),
    ]

    @Test(arguments: passing, [Fault.Stage.probe, .call])
    func isOutlived(fault: (name: String, fault: Fault), stage: Fault.Stage) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(fault.fault, at: stage, times: 2) { server in
                let patience = ["QBITVAULT_READ_TIMEOUT": "10"]
                let environment = scene.environment(impatientFor: server).merging(patience) { $1 }
                let run = try await scene.run(["check"], environment: environment)
                #expect(run.status == 0, "\(fault.name): \(run.error)")
                #expect(server.count(of: "auth/login") == 1)
            }
        }
    }

    @Test(arguments: passing)
    func endsALogin(fault: (name: String, fault: Fault)) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(fault.fault, at: .login, times: 1) { server in
                let run = try await scene.run(["check"], environment: scene.environment(impatientFor: server))
                #expect(run.status != 0)
                #expect(server.heard.filter { $0.stage != .probe }.count <= 1)
            }
        }
    }

    /// Silence once is borne by a session that has been heard, and not at the start.
    @Test func silence() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(Fault(), at: .call, times: 1) { server in
                let run = try await scene.run(["check"], environment: scene.environment(impatientFor: server))
                #expect(run.status == 0, "\(run.error)")
            }
        }
    }

    @Test func aServerThatIsDownIsToldSoon() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(Fault(.notListening), at: .probe) { server in
                let environment = scene.environment(for: "http://127.0.0.1:\(server.port)")
                let start = ContinuousClock.now
                let run = try await scene.run(["check"], environment: environment)
                try run.expectProblem(.serverUnreachable)
                // With the usual timeouts: 1.5 seconds, and time for a machine that is busy.
                #expect(start.duration(to: .now) < .seconds(8))
            }
        }
    }
}
