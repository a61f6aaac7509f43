import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` of a server that knows API keys, at a real terminal.
@Suite(.timeLimit(.minutes(2))) struct SetupAPIKeyTests {
    @Test func aKeyIsKeptBesideThePassword() async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let key = try await server.makeAPIKey()
                scene.hold(key)
                scene.hold(server.password())
                let dialogue = try Dialogue(
                    scene, ["setup", "--url", server.url, "--username", "admin", "--store", "vault"])
                try await dialogue.answer("Password: ", hidden: server.password())
                try await dialogue.answer("Paste one to be kept beside the password? [y/N] ", "y")
                try await dialogue.answer("API key: ", hidden: .unknownAPIKey())
                try await dialogue.answer("The server does not accept that. Paste another one? [y/N] ", "y")
                try await dialogue.answer("API key: ", hidden: key, times: 2)
                #expect(try await dialogue.end(scene) == 0)
                #expect(try await scene.keeps("QBIT_API_KEY", SecretBox(key)))
                let checked: ToldCheck = try await scene.succeeding(["check"])
                #expect(checked.proof == "api_key")
                let other: ToldCheck = try await scene.succeeding(
                    ["check"], environment: ["QBITVAULT_AUTH_METHOD": "password"])
                #expect(other.proof == "password")
            }
        }
    }

    /// One of a `.env` is not asked for again, and one that is refused is not kept.
    @Test(arguments: [true, false])
    func aKeyInPlainTextIsMovedWhereTheServerTakesIt(_ isRight: Bool) async throws {
        try await RealServer.with(.v5_3) { server in
            try await TestHome.with { home in
                let scene = Scene(home)
                let key = isRight ? try await server.makeAPIKey() : .unknownAPIKey()
                scene.hold(key)
                scene.hold(server.password())
                try Files.makeFolder(scene.userConfiguration.removingLastComponent())
                let text =
                    "QBIT_USERNAME=admin\nQBIT_PASSWORD='\(server.password().text ?? "")'\nQBIT_API_KEY=\(key.text ?? "")\n"
                try scene.write(Array(text.utf8), to: scene.dotEnv)
                let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--store", "vault"])
                try await dialogue.answer("Move that", "")
                if !isRight {
                    try await dialogue.expect("does not accept the API key that stands there")
                    try await dialogue.answer("Paste one", "n")
                }
                try await dialogue.answer("Delete the file?", "n")
                #expect(try await dialogue.end(scene) == 0)
                try Files.remove(scene.dotEnv)
                #expect(try await scene.keeps("QBIT_API_KEY", isRight ? SecretBox(key) : nil))
                #expect(try await scene.keeps("QBIT_PASSWORD", SecretBox(server.password())))
            }
        }
    }
}
