import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Answers that are sound HTTP, and not what was asked for.
@Suite(.timeLimit(.minutes(5))) struct OddAnswerTests {
    private static let garbage = [
        "{", "null", "5", "[]", "{}", #"{"libtorrent":5}"#, #"{"libtorrent":null}"#, #"{"libtorrent":"2.0"}}"#,
        #"{"libtorrent":"\ud800"}"#, #"{"libtorrent":"2.0""#, "{\"libtorrent\":\"2\u{0}0", "1e999999",
        String(repeating: "[", count: 1 << 20), String(repeating: #"{"libtorrent":"#, count: 1 << 17),
    ]

    @Test(arguments: garbage)
    func jsonThatIsNone(body: String) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let source = try scene.makeSource()
            let fault = Fault.altered { $0.with(body: body) }.only(at: "app/buildInfo")
            try await FaultyServer.with(fault, at: .call) { server in
                let run = try await scene.run(
                    ["create", source.string], environment: scene.environment(impatientFor: server))
                try run.expectProblem(.notQBittorrent)
                try scene.expectNoLeak(in: run)
                #expect(server.count(of: "auth/logout") == 1)
            }
        }
    }

    /// Neither the question nor the password goes where an answer points.
    @Test(arguments: Fault.Stage.allCases, [301, 302, 307, 308])
    func aRedirectIsNotFollowed(stage: Fault.Stage, status: Int) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await FaultyServer.with(Fault(), at: .probe) { elsewhere in
                let location = "location: http://127.0.0.1:\(elsewhere.port)/api/v2/auth/login"
                let fault = Fault.altered { $0.with(status: "\(status) Moved").with(headers: location) }
                try await FaultyServer.with(fault, at: stage) { server in
                    let run = try await scene.run(["check"], environment: scene.environment(impatientFor: server))
                    #expect(run.status == (stage == .logout ? 0 : ExitStatus.notQBittorrent.rawValue))
                }
                #expect(elsewhere.connections == 0)
            }
        }
    }

    /// What a server says of its own is shown in one line, without what moves a cursor.
    @Test func wordsAreMadeHarmless() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let words = "no\r\n\u{1b}[2Jspace\u{202e}left" + String(repeating: "x", count: 10_000)
            let fault = Fault.altered { $0.with(status: "500 Oh").with(body: words) }
            try await FaultyServer.with(fault, at: .call) { server in
                let run = try await scene.run(["check"], environment: scene.environment(impatientFor: server))
                try run.expectProblem(.serverError)
                let first = try #require(run.error.split(separator: "\n").first)
                #expect(first.hasPrefix("qbitvault: The server answered with an error (500): no [2Jspace"))
                #expect(first.count < 300)
                #expect(!run.error.contains("\u{1b}") && !run.error.contains("\u{202e}"))
            }
        }
    }
}
