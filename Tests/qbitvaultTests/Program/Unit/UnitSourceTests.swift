import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What a unit says of where its credentials come from, and of certificates that were pinned.
@Suite(.timeLimit(.minutes(3))) struct UnitSourceTests {
    /// The service's state is not this user's. The step at the unit's head makes it know the certificate too.
    @Test func aPinnedCertificateIsPinnedForTheServiceToo() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let certificate = try await TestCertificate.selfSigned(for: "DNS:nas.example", in: home.path)
            try await RealServer.with(.v5_3, https: certificate) { server in
                try await scene.pin(certificate, of: server.url)
                try #require(try await scene.setUp(server).status == 0)
                for kind in ["systemd", "compose"] {
                    let told: ToldUnit = try await scene.unit([kind], ["check"])
                    let step = try #require(told.steps.last { $0.contains(" trust add ") })
                    #expect(told.files[0].text.contains(step))
                    let words = try #require(step.firstRange(of: "trust add ")).lowerBound
                    let state = home.path.appending("state of \(kind)")
                    let environment = ["STATE_DIRECTORY": state.string, "QBITVAULT_KEY_FILE": scene.keyFile.string]
                    let before = try await scene.run(["check"], environment: environment)
                    try before.expectProblem(.tlsVerificationFailed)
                    let pinned = try await home.run(
                        step[words...].split(separator: " ").map(String.init), environment: environment)
                    try #require(pinned.status == 0, "\(pinned.error)")
                    let after = try await home.run(["check"], environment: environment)
                    #expect(after.status == 0, "\(after.error)")
                }
            }
        }
    }

    /// Plain text beside the configuration is found there too, and is said to be no more than that.
    @Test func aPlainFileIsNamed() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let server = try await RealServer.shared(.v5_3)
            try scene.makeFolder(of: scene.userConfiguration)
            try Files.write("qbittorrent:\n  url: \(server.url)\n", to: scene.userConfiguration)
            try Files.setMode(scene.userConfiguration, 0o600)
            let password = server.password()
            scene.hold(password)
            let file = scene.userConfiguration.removingLastComponent().appending(".env")
            try scene.write(Array("QBIT_USERNAME=admin\nQBIT_PASSWORD=\(password.text ?? "")\n".utf8), to: file)
            for kind in ["systemd", "cron", "compose"] {
                let told: ToldUnit = try await scene.unit([kind], ["check"])
                let text = told.files[0].text
                #expect(text.contains("plain text") && !text.contains("QBITVAULT_STORE"))
                #expect(text.contains("QBITVAULT_CONFIG") && text.contains(scene.userConfiguration.string))
                #expect(kind == "cron" || text.contains(file.string))
                try scene.expectNoLeak(in: Array(text.utf8))
            }
        }
    }

    /// A passphrase in a file is a credential like a key.
    @Test func aPassphraseFileIsHandedOn() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let passphrase = scene.newSecret()
            try await scene.succeed(["vault", "init", "--passphrase-stdin"], input: passphrase.copy())
            let file = home.path.appending("passphrase")
            try scene.write(Array((passphrase.text ?? "").utf8), to: file)
            let environment = ["QBITVAULT_PASSPHRASE_FILE": file.string]
            let told: ToldUnit = try await scene.unit(
                ["systemd", "--systemd-version", "247"], ["vault", "verify"], environment: environment)
            #expect(told.values("LoadCredential") == ["qbitvault.passphrase:\(file)"])
            let cron: ToldUnit = try await scene.unit(["cron"], ["check"], environment: environment)
            #expect(cron.files[0].text.contains(" QBITVAULT_PASSPHRASE_FILE=\(file) "))
        }
    }
}
