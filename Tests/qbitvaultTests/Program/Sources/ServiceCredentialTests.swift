import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Credentials that a service manager or a container lays out in a folder.
@Suite(.timeLimit(.minutes(2))) struct ServiceCredentialTests {
    @Test(arguments: ["", "\n", "\r\n"])
    func systemdsAnswerBeforeTheStore(end: String) async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_USERNAME", "unit" + end)
            let file = try home.supply("QBIT_PASSWORD", home.password + end)
            let run = try await home.signIn([], home.unit)
            #expect(run.text == "unit:\(home.password)")
            let told = try await home.scene.home.run(["credential", "where", "QBIT_PASSWORD"], environment: home.unit)
            #expect(told.text.contains("answers: service credentials \(file)"))
            #expect(told.text.contains("hidden: vault"))
        }
    }

    /// A user name that stands elsewhere is not that of this password.
    @Test func aNameOfAnotherPlaceIsNotPaired() async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_PASSWORD", home.password)
            let environment = home.unit.merging(["QBIT_USERNAME": "left over"]) { $1 }
            let run = try await home.scene.run(["exec", "--", "true"], environment: environment)
            try run.expectProblem(.credentialNotFound)
            #expect(try await home.signIn(["--username", "me"], environment).text == "me:\(home.password)")
        }
    }

    @Test func theEnvironmentIsStrongerAndAContainersFolderWeaker() async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_USERNAME", "unit")
            try home.supply("QBIT_PASSWORD", home.password)
            let other = home.scene.newSecret().text ?? ""
            let environment = ["QBIT_USERNAME": "variable", "QBIT_PASSWORD": other]
            #expect(try await home.signIn([], home.unit.merging(environment) { $1 }).text == "variable:\(other)")
            let container = inContainer("printf %s container >QBIT_USERNAME; printf %s '\(other)' >QBIT_PASSWORD")
            #expect(try await home.signIn([], home.unit, by: container).text == "unit:\(home.password)")
            #expect(try await home.signIn(by: container).text == "container:\(other)")
        }
    }

    /// Root's, readable by all, through a link that is exchanged as a whole.
    @Test func asKubernetesGivesThem() async throws {
        try await SourceHome.with { home in
            let starter = inContainer(
                """
                mkdir ..2026; printf %s pod >..2026/QBIT_USERNAME; printf %s '\(home.password)' >..2026/QBIT_PASSWORD
                chmod 444 ..2026/*; ln -s ..2026 ..data; ln -s ..data/QBIT_USERNAME ..data/QBIT_PASSWORD .
                """)
            let run = try await home.signIn(by: starter)
            #expect(run.text == "pod:\(home.password)")
        }
    }

    @Test func anotherServerHasItsOwn() async throws {
        try await SourceHome.with { home in
            try home.scene.configure("servers: {nas.2: {url: 'https://nas.example'}}\n")
            try home.supply("QBIT_USERNAME", "unit")
            try home.supply("QBIT_PASSWORD", home.scene.newSecret().text ?? "")
            let run = try await home.scene.run(["exec", "--server", "nas.2", "--", "true"], environment: home.unit)
            try run.expectProblem(.credentialNotFound)
            try home.supply("QBIT_USERNAME__NAS_2", "nas")
            try home.supply("QBIT_PASSWORD__NAS_2", home.password)
            #expect(try await home.signIn(["--server", "nas.2"], home.unit).text == "nas:\(home.password)")
        }
    }

    /// A service of root's has a folder for its state and often no home.
    @Test func aServiceNeedsNoHome() async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_USERNAME", "unit")
            try home.supply("QBIT_PASSWORD", home.password)
            let bare = [
                "env", "-i", "PATH=/usr/bin:/bin", "CREDENTIALS_DIRECTORY=\(home.folder)",
                "STATE_DIRECTORY=\(home.scene.home.path)/service",
            ]
            #expect(try await home.signIn(by: bare).text == "unit:\(home.password)")
        }
    }

    @Test func theyBelongToNoServerSoAFoundConfigurationGetsNone() async throws {
        try await SourceHome.with { home in
            try home.supply("QBIT_PASSWORD", home.password)
            let folder = home.scene.home.path.appending("cloned/config")
            try Files.makeFolder(folder)
            try Files.write("qbittorrent: {url: 'https://elsewhere.example'}\n", to: folder.appending("config.yaml"))
            let run = try await home.scene.run(
                ["exec", "--username", "me", "--", "true"], environment: home.unit, in: folder.removingLastComponent())
            try run.expectProblem(.configuration)
        }
    }

    @Test func aRealServerTakesThem() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await SourceHome.with { home in
            let password = server.password()
            home.scene.hold(password)
            try home.supply("QBIT_USERNAME", server.username)
            try home.supply("QBIT_PASSWORD", (password.text ?? "") + "\n")
            let environment = home.unit.merging(["QBITVAULT_URL": server.url]) { $1 }
            let run = try await home.scene.run(["check"], environment: environment)
            #expect(run.status == 0, "\(run.error)")
            try home.scene.expectNoLeak(in: run)
        }
    }
}

/// Starts a program where `/run/secrets` is what the shell makes of it.
func inContainer(_ commands: String) -> [String] {
    [
        "unshare", "--map-root-user", "--mount", "sh", "-ec",
        "mount -t tmpfs none /run; mkdir /run/secrets; (cd /run/secrets\n\(commands))\n" + #"exec "$@""#, "sh",
    ]
}
