import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` with a person at a real terminal.
@Suite(.timeLimit(.minutes(3))) struct SetupDialogueTests {
    @Test func aPersonIsAskedOnce() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            let dialogue = try Dialogue(scene, ["setup"])
            try await dialogue.answer("Server [http://localhost:8080]: ", server.url)
            try await dialogue.answer("Will this run unattended? [Y/n] ", "")
            try await dialogue.answer("User name [admin]: ", "")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            #expect(try dialogue.screen.contains("\(server.url) accepted admin"))
            // Unattended from now on.
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.source == "vault \(scene.vault)")
        }
    }

    @Test(arguments: ["\u{3}", "\u{4}"])
    func whoeverLeavesAtThePasswordLeavesNothing(_ key: String) async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--username", "admin"])
            try await dialogue.answer("unattended?", "y")
            try await dialogue.press(key, at: "Password: ")
            #expect(try await dialogue.end(scene) == (key == "\u{3}" ? 130 : 64))
            #expect(try scene.home.kept() == [])
        }
    }

    @Test func somebodyAtADesktopGetsTheKeyring() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            let keyring = try scene.keyringFile()
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url], environment: keyring)
            try await dialogue.answer("unattended?", "n")
            try await dialogue.answer("User name", "")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            let checked: ToldCheck = try await scene.succeeding(["check"], environment: keyring)
            #expect(checked.source == "keyring")
        }
    }

    @Test func withoutAKeyringItIsTheVaultAndThatIsSaid() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await withScene(server) { scene in
            let dialogue = try Dialogue(scene, ["setup", "--url", server.url, "--username", "admin"])
            try await dialogue.answer("unattended?", "n")
            try await dialogue.expect("no keyring answers here")
            try await dialogue.answer("Password: ", hidden: server.password())
            #expect(try await dialogue.end(scene) == 0)
            #expect(try scene.home.kept().contains("data/qbitvault/vault.qbv"))
        }
    }

    /// Two mistakes, and one of them twice: that one is not sent again, and another may be typed.
    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func aMistypedPasswordIsAskedForAgain(_ version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            try await withScene(server) { scene in
                let words = ["setup", "--url", server.url, "--username", "admin", "--store", "vault"]
                let dialogue = try Dialogue(scene, words)
                let mistake = scene.newSecret()
                try await dialogue.answer("Password: ", hidden: mistake)
                try await dialogue.expect("2 more tries")
                try await dialogue.answer("Password: ", hidden: mistake, times: 2)
                try await dialogue.answer("Send them all the same? (4 more failures may ban this address)", "")
                try await dialogue.expect("2 more tries", times: 2)
                try await dialogue.answer("Password: ", hidden: scene.newSecret(), times: 3)
                try await dialogue.expect("1 more try")
                try await dialogue.answer("Password: ", hidden: server.password(), times: 4)
                if version == .v5_3 {
                    try await dialogue.answer("Paste one to be kept beside the password? [y/N] ", "")
                }
                #expect(try await dialogue.end(scene) == 0)
            }
        }
    }

    @Test func afterThreeMistakesItStops() async throws {
        try await RealServer.with(.v5_1) { server in
            try await withScene(server) { scene in
                let words = ["setup", "--url", server.url, "--username", "admin", "--store", "vault"]
                let dialogue = try Dialogue(scene, words)
                for round in 1...3 {
                    try await dialogue.answer("Password: ", hidden: scene.newSecret(), times: round)
                }
                #expect(try await dialogue.end(scene) == ExitStatus.credentialsRefused.rawValue)
                #expect(try scene.home.kept() == [])
            }
        }
    }

    @Test func nobodyIsAskedWithNoInput() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let dialogue = try Dialogue(scene, ["setup", "--url", "http://127.0.0.1:1", "--no-input"])
            #expect(try await dialogue.end(scene) == ExitStatus.usage.rawValue)
            #expect(try !dialogue.screen.contains("Password:"))
        }
    }

    private func withScene(_ server: RealServer, _ body: (Scene) async throws -> Void) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            scene.hold(server.password())
            try await body(scene)
        }
    }
}
