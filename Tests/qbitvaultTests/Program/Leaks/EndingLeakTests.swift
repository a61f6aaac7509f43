import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What is in memory when a run does not go the usual way.
@Suite(.timeLimit(.minutes(2))) struct EndingLeakTests {
    @Test func nothingIsLeftOfWhatWasRefused() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let wrong = Secret.planted()
                let scene = Scene(home)
                let (run, memory) = try await scene.probe(
                    ["check", "--username", "admin", "--password-stdin", "-vvv"], for: wrong, input: wrong.copy(),
                    environment: ["QBITVAULT_URL": server.url])
                #expect(run.status == ExitStatus.credentialsRefused.rawValue)
                try expectNothingLeft(of: wrong, run, memory)
                #expect(memory.most(atLogin: true) > 0)
            }
        }
    }

    @Test func nothingIsLeftWhereNobodyAnswered() async throws {
        try await TestHome.with { home in
            let password = Secret.planted()
            let (run, memory) = try await Scene(home).probe(
                ["check", "--username", "admin", "--password-stdin", "-vvv"], for: password, input: password.copy(),
                environment: ["QBITVAULT_URL": try await StandIn.closedURL()])
            #expect(run.status == ExitStatus.serverUnreachable.rawValue)
            try expectNothingLeft(of: password, run, memory)
        }
    }

    /// A key goes with each request, in a buffer of its own that is wiped when it has been written.
    @Test func nothingIsLeftOfAnAPIKey() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let key = try await server.makeAPIKey()
                let (run, memory) = try await Scene(home).probe(
                    ["check", "--api-key-stdin", "-vvv"], for: key, input: key.copy(),
                    environment: ["QBITVAULT_URL": server.url])
                #expect(run.status == 0, "\(run.error)")
                try expectNothingLeft(of: key, run, memory)
                for moment in memory.moments where moment.kind == .send {
                    #expect(moment.copies.filter { !$0.isGuarded }.count <= 1, "\(moment)")
                }
            }
        }
    }

    private func expectNothingLeft(of secret: borrowing Secret, _ run: ToolRun, _ memory: MemoryReport) throws {
        #expect(!memory.isBlind && memory.moments.contains { $0.kind == .exit })
        #expect(memory.left.isEmpty, "\(memory.moments)")
        #expect(memory.argumentsOf == [])
        let shows = run.shows(secret)
        #expect(!shows)
    }
}
