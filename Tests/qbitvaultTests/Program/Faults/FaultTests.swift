import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Whatever a server does, and whenever: the program ends in time, with the right status, and sends the password once.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
    @Test(arguments: FaultCase.all)
    func endsInTimeWithItsStatus(_ fault: FaultCase) async throws {
        try await withThrowingTaskGroup { group in
            for stage in Fault.Stage.allCases { group.addTask { try await Self.check(fault, stage) } }
            try await group.waitForAll()
        }
    }

    private static func check(_ fault: FaultCase, _ stage: Fault.Stage) async throws {
        let place = Comment(rawValue: "\(fault.name) at the \(stage)")
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(fault.fault, at: stage) { server in
                let start = ContinuousClock.now
                let run = try await scene.run(["check"], environment: scene.environment(impatientFor: server))
                // The longest: a call of ten seconds, and a logout of five. The rest is for a machine that is busy.
                #expect(start.duration(to: .now) < .seconds(60), place)
                let status = fault.status(at: stage)
                #expect(run.status == status.rawValue, "\(place): \(run.error)")
                if status == .done { #expect(run.error.isEmpty, place) } else { try run.expectProblem(status) }
                try scene.expectNoLeak(in: run)
                #expect(server.count(of: "auth/login") <= 1, place)
                let failures = try home.rememberedFailures()
                #expect(failures == (stage == .login && status != .done && !fault.isUnheard ? 1 : 0), place)
            }
        }
    }
}

extension Scene {
    /// What makes a run sign in to `server`, and lose patience soon.
    func environment(impatientFor server: FaultyServer) -> [String: String] {
        let patience = ["QBITVAULT_CONNECTION_TIMEOUT": "2", "QBITVAULT_READ_TIMEOUT": "2"]
        return environment(for: "http://127.0.0.1:\(server.port)").merging(patience) { $1 }
    }
}

extension TestHome {
    /// How many failed logins are remembered.
    func rememberedFailures() throws -> Int {
        struct Record: Decodable {
            struct History: Decodable { let failures: Int }
            let history: History
        }
        return try Files.all(below: state).filter { $0.extension == "json" }.reduce(0) { sum, file in
            sum + (try JSONDecoder().decode(Record.self, from: Data(try Files.bytes(file))).history.failures)
        }
    }
}
