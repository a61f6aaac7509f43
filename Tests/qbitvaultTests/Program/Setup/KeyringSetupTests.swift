import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `setup` into the keyring: libsecret's own file backend, and a real service.
@Suite(.timeLimit(.minutes(3))) struct KeyringSetupTests {
    @Test(arguments: RealServer.Version.allCases)
    func credentialsAreProvenAndKept(_ version: RealServer.Version) async throws {
        let server = try await RealServer.shared(version)
        try await TestHome.with { home in
            let scene = Scene(home)
            let keyring = try scene.keyringFile()
            let told = try await setUp(server, scene, keyring)
            #expect(told.proof == "password")
            #expect(told.store == "keyring")
            #expect(try home.kept() == ["config/qbitvault/config.yaml", "state/qbitvault/store.json"])
            let run = try await scene.run(["check"], environment: keyring)
            let checked: ToldCheck = try run.document()
            #expect(checked.source == "keyring")
            try scene.expectNoLeak(in: run)
        }
    }

    @Test func theServiceOfTheDesktopKeepsThem() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await KeyringSession.with(.unlocked) { session in
            try await TestHome.with { home in
                let scene = Scene(home)
                let bus = session.environment.filter { $0.key == "XDG_RUNTIME_DIR" }
                _ = try await setUp(server, scene, bus)
                let checked: ToldCheck = try await scene.succeeding(["check"], environment: bus)
                #expect(checked.source == "keyring")
            }
        }
    }

    /// A set-up says where credentials are from now on, whatever was chosen before.
    @Test func aLaterSetupChoosesAnew() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let keyring = try scene.keyringFile()
            for store in ["vault", "keyring", "vault"] {
                if store == "vault" {
                    _ = try await scene.setUp(server)
                } else {
                    _ = try await setUp(server, scene, keyring)
                }
                let checked: ToldCheck = try await scene.succeeding(["check"], environment: keyring)
                #expect(checked.source?.hasPrefix(store) == true)
            }
        }
    }

    @Test func withoutAServiceNothingIsAskedOrSent() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let url = try await StandIn.closedURL()
            let run = try await scene.run(
                ["setup", "--url", url, "--username", "admin", "--password-stdin", "--store", "keyring"],
                input: scene.newSecret())
            try run.expectProblem(.noKeyringService)
            #expect(try home.kept() == [])
        }
    }

    private func setUp(
        _ server: RealServer, _ scene: Scene, _ environment: [String: String]
    ) async throws -> ToldSetup {
        scene.hold(server.password())
        return try await scene.succeeding(
            ["setup", "--url", server.url, "--username", server.username, "--password-stdin", "--store", "keyring"],
            input: server.password(), environment: environment)
    }
}

extension Scene {
    /// What makes libsecret keep items in an encrypted file of this home.
    func keyringFile() throws -> [String: String] {
        [
            "SECRET_BACKEND": "file", "SECRET_FILE_TEST_PATH": home.runtime.appending("keyring").string,
            "SECRET_FILE_TEST_PASSWORD": newSecret().text ?? "",
        ]
    }
}
