import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What `api` does not do, and how it says so.
@Suite(.timeLimit(.minutes(2))) struct APIRefusalTests {
    static let usage: [[String]] = [
        [], ["GET"], ["POST"], ["GET", "POST"], ["PUT", "app/version"], ["DELETE", "app/version"],
        ["app/version", "app/version"], ["GET", "app/version", "x"], ["GET", "app/version", "-X", "GET"],
        ["-X", "PATCH", "app/version"], ["auth/login"], ["POST", "/api/v2/auth/logout"],
        ["Auth/Login", "-f", "username=a"],
        ["http://elsewhere/app/version"], ["app/../auth/login"], ["app/version#x"], ["POST", "app/version?a=b"],
        ["app/version?a=b", "-f", "c=d"], ["app/version", "-f", "hush"], ["app/version", "-F", "=hush"],
        ["app/version", "-F", "hush=@"], ["GET", "app/version", "-F", "hush=@x"],
        ["GET", "app/version", "--input", "x"],
        ["app/version", "--input", "-", "-f", "a=b"], ["app/version", "--input", ""],
        ["app/version", "-F", "a=@-", "-F", "b=@-"],
        ["app/version", "-F", "a=@-", "--password-stdin"], ["app/version", "-F", "a=@-", "--password-fd", "0"],
        ["app/version", "-F", "a=@-", "--api-key-stdin"], ["app/version", "--input", "-", "--password-stdin"],
        ["app/version", "--content-type", "text/plain"],
        ["app/version", "--input", "x", "--content-type", "a\r\nb: c"],
        ["app/version", "--max-size", "big"], ["app/version", "--max-size", "0"], ["app/version", "--overwrite"],
        ["app/version", "--output", ""], ["app/version", "--output", "x", "--pretty"],
    ]

    /// Nothing is sent, and what was typed is not repeated.
    @Test(arguments: usage)
    func whatCannotBeMeantIsRefused(_ words: [String]) async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let run = try await scene.run(["api"] + words, environment: scene.environment(for: server.url))
                try run.expectProblem(.usage)
                #expect(server.calls == 0 && !run.error.contains("hush"))
                try scene.expectNoLeak(in: run)
            }
        }
    }

    @Test(arguments: [["-F", "a=@missing"], ["-F", "a=@."], ["--input", "missing"]])
    func aFileThatCannotBeReadIsAskedForFirst(_ words: [String]) async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let run = try await scene.run(
                    ["api", "a/b"] + words, environment: scene.environment(for: server.url))
                try run.expectProblem(.sourceOrPathWrong)
                #expect(server.calls == 0)
            }
        }
    }

    @Test func aPlaceThatCannotBeWrittenIsLookedAtFirst() async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                try Files.write("mine", to: home.path.appending("taken"))
                for place in ["taken", "missing/file"] {
                    let run = try await scene.run(
                        ["api", "a/b", "--output", place], environment: scene.environment(for: server.url))
                    try run.expectProblem(.resultCannotBeWritten)
                }
                #expect(server.calls == 0)
                #expect(try Files.bytes(home.path.appending("taken")) == Array("mine".utf8))
            }
        }
    }

    /// The server's words on standard error, its body where an answer goes.
    @Test(arguments: RealServer.Version.allCases)
    func anErrorOfTheServerIsPassedOn(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: server)
            for (words, status) in [
                (["nosuch/thing"], 404), (["app/nosuch"], 404), (["app/setPreferences"], 405),
                (["torrents/properties"], 400), (["torrents/createCategory", "-f", "category=a//b"], 409),
            ] {
                let run = try await scene.home.run(["api"] + words, environment: environment)
                #expect(run.status == ExitStatus.serverError.rawValue)
                #expect(run.error.contains("(\(status)): \(run.text)\n  where: \(server.url) \(words[0])\n  next: "))
                #expect(!run.output.isEmpty)
                let told = try await scene.run(["api"] + words, environment: environment)
                try told.expectProblem(.serverError)
            }
        }
    }

    @Test func anOlderServerIsSaidToBeOne() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let environment = scene.environment(for: try await RealServer.shared(.v4_5))
            try await scene.run(["api", "torrentcreator/status"], environment: environment)
                .expectProblem(.serverTooOld)
        }
    }

    @Test func aLargeAnswerIsTakenUpToALimit() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nv5.1.0"
            try await StandIn.with(.answer(answer)) { server in
                let environment = scene.environment(for: server.url)
                let run = try await scene.home.run(["api", "app/version", "--max-size", "6"], environment: environment)
                #expect(run.status == 0 && run.text == "v5.1.0")
                try await scene.run(["api", "app/version", "--max-size", "5"], environment: environment)
                    .expectProblem(.resultCannotBeWritten)
            }
        }
    }
}
