import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// The program with an API key.
@Suite struct APIKeyTests {
    @Test func setupKeepsAKeyAndLaterRunsUseIt() async throws {
        try await with(.v5_3) { scene, server in
            let key = try await server.makeAPIKey()
            scene.hold(key)
            let words = [
                "setup", "--url", server.url, "--api-key-stdin", "--store", "vault", "--key-file", scene.keyFile.string,
                "--no-input",
            ]
            let run = try await scene.run(words, input: key.copy())
            #expect(run.status == 0, "\(run.error)")
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "api_key")
            let kept = try await scene.home.run(["credential", "get", "QBIT_API_KEY"])
            let same = Secret(copying: kept.output) == key
            #expect(same)
            try scene.expectNoLeak(in: run)
        }
    }

    @Test(arguments: [("auto", "api_key"), ("password", "password"), ("api_key", "api_key")])
    func theMethodSaysWhatIsSent(method: String, proof: String) async throws {
        try await with(.v5_3) { scene, server in
            try await scene.keep(server, key: try await server.makeAPIKey())
            let checked: ToldCheck = try await scene.succeeding(
                ["check"], environment: ["QBITVAULT_AUTH_METHOD": method])
            #expect(checked.proof == proof)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aKeyThatIsNotAcceptedGivesWayAndIsSaid(version: RealServer.Version) async throws {
        try await with(version) { scene, server in
            try await scene.keep(server, key: .unknownAPIKey())
            let run = try await scene.home.run(["check"])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.text.contains("credentials: accepted, from vault"))
            #expect(run.error.contains("does not accept the API key"))
            try scene.expectNoLeak(in: run)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func aWrongKeyAloneIsRefused(version: RealServer.Version) async throws {
        try await with(version) { scene, server in
            try await scene.keep(server, key: .unknownAPIKey())
            let run = try await scene.run(["check"], environment: ["QBITVAULT_AUTH_METHOD": "api_key"])
            try run.expectProblem(.credentialsRefused)
            try scene.expectNoLeak(in: run)
        }
    }

    @Test(arguments: RealServer.Version.allCases)
    func underABypassAWrongKeyProvesNothing(version: RealServer.Version) async throws {
        try await with(version, ["Preferences/WebUI/LocalHostAuth": "false"]) { scene, server in
            try await scene.keep(server, key: .unknownAPIKey())
            let checked: ToldCheck = try await scene.succeeding(["check"])
            #expect(checked.proof == "not proven")
            let told = try await scene.home.run(["check"])
            #expect(told.text.contains("not proven"))
        }
    }

    @Test func noKeyWhereOneMustBe() async throws {
        try await with(.v5_3) { scene, server in
            let environment = scene.environment(for: server).merging(["QBITVAULT_AUTH_METHOD": "api_key"]) { $1 }
            let run = try await scene.run(["check"], environment: environment)
            try run.expectProblem(.credentialNotFound)
            #expect(run.error.contains("no API key"))
        }
    }

    private func with(
        _ version: RealServer.Version, _ settings: [String: String] = [:],
        _ body: (Scene, RealServer) async throws -> Void
    ) async throws {
        try await TestHome.with { home in
            try await RealServer.with(version, settings: settings) { try await body(Scene(home), $0) }
        }
    }
}

extension Scene {
    /// Sets the server up by its password, and puts a key beside it.
    fileprivate func keep(_ server: RealServer, key: consuming Secret) async throws {
        hold(key)
        let run = try await setUp(server)
        try #require(run.status == 0, "\(run.error)")
        try await succeed(["credential", "set", "QBIT_API_KEY", "--stdin"], input: key)
    }
}
