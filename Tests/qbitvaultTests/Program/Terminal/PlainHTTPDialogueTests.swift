import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` of a server by a name that is not this machine's own, without TLS. (0.0.0.0 leads to loopback all the same.)
@Suite(.timeLimit(.minutes(2))) struct PlainHTTPDialogueTests {
    private static let question = "over plain http, where others may read it. Go on? [y/N] "

    @Test(arguments: ["", "n"])
    func noIsTheUsualAnswerAndSendsNothing(_ answer: String) async throws {
        try await StandIn.with(.stayMute) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let dialogue = try Dialogue(scene, ["setup", "--url", "http://0.0.0.0:\(server.port)"])
                try await dialogue.answer(Self.question, answer)
                #expect(try await dialogue.end(scene) == ExitStatus.plainHTTPNotAllowed.rawValue)
                #expect(server.calls == 0)
                #expect(try home.kept() == [])
            }
        }
    }

    @Test func yesIsWrittenDown() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            let words = ["setup", "--url", "http://0.0.0.0:\(server.port)", "--username", "admin", "--store", "vault"]
            let dialogue = try Dialogue(scene, words)
            try await dialogue.answer(Self.question, "y")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "password")
        }
    }

    /// A configuration that is there is its owner's: he is told what to write.
    @Test func yesBesideAConfigurationIsAdvice() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try scene.configure("qbittorrent: {host: 0.0.0.0, port: \(server.port)}\n")
            let dialogue = try Dialogue(scene, ["setup", "--username", "admin", "--store", "vault"])
            try await dialogue.answer(Self.question, "y")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains("has 0.0.0.0 under qbittorrent.allow_plain_http"))
            try await scene.run(["check"]).expectProblem(.plainHTTPNotAllowed)
        }
    }
}
