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

    /// A configuration that is there is its owner's: he is shown what would be changed.
    @Test(arguments: ["y", "n"])
    func yesBesideAConfigurationIsAQuestion(_ answer: String) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            let text = "# mine\nqbittorrent: {host: 0.0.0.0, port: \(server.port)}\n"
            try scene.configure(text)
            let dialogue = try Dialogue(scene, ["setup", "--username", "admin", "--store", "vault"])
            try await dialogue.answer(Self.question, "y")
            try await dialogue.expect("+qbittorrent: {allow_plain_http: [\"0.0.0.0\"], host: 0.0.0.0")
            try await dialogue.answer("Change it so? [Y/n] ", answer)
            if answer == "n" {
                #expect(try await dialogue.end(scene) == ExitStatus.configuration.rawValue)
                #expect(try Files.bytes(scene.userConfiguration) == Array(text.utf8))
                #expect(try home.kept() == ["config/qbitvault/config.yaml"])
                return
            }
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "password")
            #expect(try Files.bytes(scene.userConfiguration).starts(with: "# mine\n".utf8))
        }
    }
}
