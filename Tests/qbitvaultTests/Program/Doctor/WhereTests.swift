import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `credential where`: who answers, who does not and why, and what a run would sign in with.
@Suite(.timeLimit(.minutes(2))) struct WhereTests {
    private struct Told: Decodable {
        struct Name: Decodable {
            let name: String
            let sources: [Row]
        }
        struct Row: Decodable {
            let source: String
            let verdict: String
            let why: String?
            let status: Int32?
        }
        let names: [Name]
        let signIn: SignInReport?

        private enum CodingKeys: String, CodingKey { case names, signIn = "sign_in" }
    }

    @Test func aVaultIsToldWithItsKeyAndTheTime() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try await scene.succeed(
                ["credential", "set", "QBIT_USERNAME", "--stdin"], input: Secret(copying: "admin".utf8))
            let told: Told = try await scene.succeeding(["credential", "where"])
            let signIn = try #require(told.signIn)
            #expect(signIn.works && signIn.kind == "vault" && signIn.by == ["password"])
            #expect(signIn.keySource == "the key file on record" && signIn.keyPlace == scene.keyFile.string)
            #expect(signIn.slot == "key-file" && (0..<60_000).contains(signIn.milliseconds))
            let run = try await home.run(["credential", "where"])
            #expect(
                run.text.contains("\nsigning in works: vault \(scene.vault), by the key file on record, password, "))
            try scene.expectNoLeak(in: run)
        }
    }

    /// The user name of the shell is not taken to the password of the vault, and that is said.
    @Test func whatIsHiddenSaysByWhat() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try scene.makeFolder(of: scene.dotEnv)
            try scene.write(Array("QBIT_PASSWORD=\(scene.newSecret().text ?? "")\n".utf8), to: scene.dotEnv)
            let told: Told = try await scene.succeeding(
                ["credential", "where"], environment: ["QBIT_USERNAME": "stale"])
            let name = try #require(told.names.first { $0.name == "QBIT_USERNAME" })
            #expect(name.sources.map(\.verdict) == ["hidden", "absent", "absent"])
            #expect(name.sources[0].why?.contains("comes from vault \(scene.vault)") == true, "\(name)")
            let password = try #require(told.names.first { $0.name == "QBIT_PASSWORD" })
            #expect(password.sources.map(\.verdict) == ["absent", "answers", "hidden"])
            #expect(password.sources[2].why == "vault \(scene.vault) is stronger")
            // A password without its name is nothing to sign in with.
            #expect(told.signIn?.works == false && told.signIn?.error?.status == 10)
        }
    }

    @Test func aFailureIsToldWithItsStatus() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.makeVault()
            try Files.setMode(scene.keyFile, 0o644)
            let told: Told = try await scene.succeeding(["credential", "where"])
            let row = try #require(told.names.first { $0.name == "QBIT_PASSWORD" }?.sources[1])
            #expect(row.verdict == "fails" && row.status == 15)
            #expect(told.signIn?.error?.status == 15 && told.signIn?.error?.next?.contains("chmod") == true)
        }
    }

    /// For three names, and to find what would sign in.
    @Test func aCommandThatFailsIsRunOnce() async throws {
        try await KeyHome.with(.passphrase) { keys in
            let ran = keys.scene.home.path.appending("ran")
            let words = ["--passphrase-command", "sh -c 'echo >> \(ran); exit 3'"]
            let told: Told = try await keys.scene.succeeding(["credential", "where"] + words)
            #expect(told.signIn?.error?.status == ExitStatus.secretSourceFailed.rawValue)
            #expect(try Files.bytes(ran).count == 1)
        }
    }
}
