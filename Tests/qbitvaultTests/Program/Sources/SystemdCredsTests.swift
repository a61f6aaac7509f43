import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Credentials that `systemd-creds` has encrypted, and decrypts again: what `LoadCredentialEncrypted=` does for a unit.
@Suite(.timeLimit(.minutes(2))) struct SystemdCredsTests {
    @Test func whatWasEncryptedIsLaidOutForAService() async throws {
        try await SourceHome.with { home in
            let creds = SystemdCreds(home)
            for (name, value) in [("QBIT_USERNAME", "unit"), ("QBIT_PASSWORD", home.password)] {
                try await creds.encrypt(name, value)
                try await creds.run(["decrypt", "--name=\(name)", creds.file(name), home.folder.appending(name).string])
            }
            #expect(try await home.signIn([], home.unit).text == "unit:\(home.password)")
        }
    }

    /// Without a unit around it: from cron, or by hand.
    @Test func itAnswersAsACommand() async throws {
        try await SourceHome.with { home in
            let creds = SystemdCreds(home)
            try await creds.encrypt("QBIT_USERNAME", "unit")
            try await creds.encrypt("QBIT_PASSWORD", home.password)
            try home.configure(
                command: ["systemd-creds", "decrypt", "--name={name}", creds.file("{name}"), "-"])
            #expect(try await home.signIn([], creds.environment).text == "unit:\(home.password)")

            // Another name's, put in its place by who can write there: it is sealed to the name.
            try Files.remove(FilePath(creds.file("QBIT_USERNAME")))
            try Files.write(
                Files.bytes(FilePath(creds.file("QBIT_PASSWORD"))), to: FilePath(creds.file("QBIT_USERNAME")))
            let run = try await home.scene.home.run(["exec", "--", "true"], environment: creds.environment)
            #expect(run.status == ExitStatus.secretSourceFailed.rawValue)
            try home.scene.expectNoLeak(in: Array(run.error.utf8))
        }
    }
}

/// `systemd-creds` with a host key of the test's own.
private struct SystemdCreds {
    let home: SourceHome

    init(_ home: SourceHome) { self.home = home }

    var environment: [String: String] {
        ["SYSTEMD_CREDENTIAL_SECRET": home.scene.home.path.appending("credential.secret").string]
    }

    func file(_ name: String) -> String { home.scene.home.path.appending("encrypted." + name).string }

    func encrypt(_ name: String, _ value: String) async throws {
        try await run(["encrypt", "--with-key=host", "--name=\(name)", "-", file(name)], input: .text(value))
    }

    func run(_ words: [String], input: ToolInput? = nil) async throws {
        let run = try await ToolRun.of(
            .name("env"), environment.map { "\($0)=\($1)" } + ["systemd-creds"] + words, input: input)
        try #require(run.status == 0, "\(run.error)")
    }
}
