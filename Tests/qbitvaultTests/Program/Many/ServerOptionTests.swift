import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `--server NAME`
@Suite(.timeLimit(.minutes(3))) struct ServerOptionTests {
    @Test func itIsSetUpAndUsedByItsName() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await TestHome.with { home in
            let scene = Scene(home)
            let told: ToldSetup = try await scene.succeeding(
                scene.setupWords(server) + ["--server", "nas.2"], input: server.password())
            #expect(told.server == server.url)
            #expect(told.configuration == scene.userConfiguration.string)
            #expect(
                String(decoding: try Files.bytes(scene.userConfiguration), as: UTF8.self)
                    == "# Made by qbitvault setup.\nservers:\n  \"nas.2\":\n    url: \"\(server.url)\"\n")
            let checked: ToldCheck = try await scene.succeeding(["check", "--server", "nas.2"])
            #expect(checked.proof == "password" && checked.source == "vault \(scene.vault)")
            let all = try await scene.run(["check", "--all-servers"])
            #expect(try ToldServers(all).rows.map(\.serverName) == ["nas.2"])
            let list = try await home.run(["credential", "list"])
            #expect(list.text.split(separator: "\n").allSatisfy { $0.hasPrefix("nas.2 QBIT_") })
        }
    }

    /// A configuration that is there is its owner's, who says beforehand that it may be changed.
    @Test func intoAConfigurationThatIsThereOnRequestAlone() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            let before = "# mine\nservers:\n  a: {host: a}\n"
            try scene.configure(before)
            let words = scene.setupWords(server) + ["--server", "b"]
            let refused = try await scene.run(words, input: server.password())
            try refused.expectProblem(.configuration)
            #expect(refused.error.contains("write url: \"\(server.url)\" under servers.b"))
            #expect(try home.kept() == ["config/qbitvault/config.yaml"])

            let other = try await scene.run(scene.setupWords(server) + ["--server", "a"], input: server.password())
            try other.expectProblem(.configuration)
            #expect(other.error.contains("under servers.a"))

            _ = try await scene.succeeding(words + ["--edit-config"], ToldSetup.self, input: server.password())
            let after = "# mine\nservers:\n  b:\n    url: \"\(server.url)\"\n  a: {host: a}\n"
            #expect(try Files.bytes(scene.userConfiguration) == Array(after.utf8))
            let copy = home.configuration.appending("qbitvault/config.yaml.before-setup")
            #expect(try Files.bytes(copy) == Array(before.utf8))
            let checked: ToldCheck = try await scene.succeeding(["check", "--server", "b"])
            #expect(checked.proof == "password")
        }
    }

    /// Neither an address nor a password that somebody left in the environment goes to a server that was named.
    @Test func theEnvironmentDoesNotRedirectIt() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await StandIn.with(.stayMute) { elsewhere in
            try await TestHome.with { home in
                let scene = Scene(home)
                try scene.configure(servers: [("a", "url: \"\(server.url)\""), ("b", "host: 127.0.0.1")])
                let own = scene.environment(for: server, as: "a")
                let left = ["QBITVAULT_URL": elsewhere.url, "QBITVAULT_USERNAME": "somebody"]
                let environment = own.merging(left) { $1 }
                let checked: ToldCheck = try await scene.succeeding(
                    ["check", "--server", "a"], environment: environment)
                #expect(checked.server == server.url)
                #expect(checked.source == "environment QBIT_PASSWORD__A")
                #expect(elsewhere.calls == 0)
                let unscoped = scene.environment(for: server)
                let run = try await scene.run(["exec", "--server", "b", "--", "true"], environment: unscoped)
                try run.expectProblem(.credentialNotFound)
            }
        }
    }

    /// What is given to this very run is for the server that it names.
    @Test func optionsAreForTheServerThatIsNamed() async throws {
        let server = try await RealServer.shared(.v5_1)
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "url: \"\(server.url)\", username: nobody")])
            let checked: ToldCheck = try await scene.succeeding(
                ["check", "--server", "a", "--username", server.username, "--password-stdin"],
                input: server.password())
            #expect(checked.proof == "password" && checked.source == "--password-stdin")
        }
    }

    @Test func credentialsAreKeptUnderItsName() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a", "url: \"https://a\""), ("b", "url: \"https://b\"")])
            try await scene.makeVault()
            for server in ["a", "b"] {
                try await scene.succeed(
                    ["credential", "set", "TRACKER", "--stdin", "--server", server],
                    input: Secret(copying: "value of \(server)".utf8))
            }
            func value(_ server: String) async throws -> String {
                try await home.run(["credential", "get", "TRACKER", "--server", server]).text
            }
            #expect(try await value("a") == "value of a")
            #expect(try await value("b") == "value of b")
            #expect(try await value("default").isEmpty)
            try await scene.succeed(["credential", "bind", "--server", "a", "--url", "https://c"])
            #expect(try await home.run(["credential", "get", "TRACKER", "--server", "a"]).status == 28)
            #expect(try await value("b") == "value of b")
            let list = try await home.run(["credential", "list", "--server", "b"])
            #expect(list.text.hasPrefix("b TRACKER, for https://b:443"))
            #expect(list.text.split(separator: "\n").count == 1)
            try await scene.succeed(["credential", "delete", "TRACKER", "--server", "a"])
            #expect(try await value("b") == "value of b")

            // What is kept for a server that the configuration has forgotten can still be deleted.
            try scene.configure(servers: [("a", "url: \"https://a\"")])
            try await scene.succeed(["credential", "delete", "TRACKER", "--server", "b"])
        }
    }

    @Test func execGivesItsCredentials() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("a-1", "url: \"https://a\"")])
            let password = scene.newSecret()
            let script = "test \"$QBIT_USERNAME\" = me && test \"$QBIT_PASSWORD\" = \"$QBIT_PASSWORD__A_1\""
            let run = try await home.run(
                ["exec", "--server", "a-1", "--", "sh", "-c", script],
                environment: ["QBIT_USERNAME__A_1": "me", "QBIT_PASSWORD__A_1": password.text ?? ""])
            #expect(run.status == 0, "\(run.error)")
        }
    }

    @Test func anUnknownNameNamesTheKnownOnes() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try scene.configure(servers: [("attic", "host: a"), ("cellar", "host: b")])
            let run = try await scene.run(["check", "--server", "atic"])
            try run.expectProblem(.configuration)
            #expect(run.error.contains("no server called atic, only default, attic, cellar."))
            #expect(run.error.contains("did you mean attic?"))
        }
    }

    /// Each has its own folders, patience and user name.
    @Test func settingsAreItsOwn() async throws {
        try await RealServer.with(.v5_1, username: "other") { server in
            try await StandIn.with(.stayMute) { mute in
                try await TestHome.with { home in
                    let scene = Scene(home)
                    try scene.make("music/song", "results/")
                    let real = home.path.appending("music").string
                    try scene.configure(
                        servers: [
                            (
                                "a",
                                "url: \"\(server.url)\", username: other, docker_path_mapping: {/seen/here: \"\(real)\"}"
                            ),
                            (
                                "b",
                                "url: \"\(server.url)\", username: wrong, docker_path_mapping: {/seen/here: /nowhere}"
                            ),
                            ("slow", "url: \"\(mute.url)\", read_timeout: 0.3"),
                        ], common: "{read_timeout: 3000}")
                    let environment = scene.environment(for: server, as: "a", "b", "slow")
                    let create = ["create", "/seen/here/song", "--output", home.path.appending("results").string]
                    let told: ToldCreate = try await scene.succeeding(
                        create + ["--server", "a"], environment: environment)
                    #expect(told.name == "song" && told.size == 1000)
                    let other = try await scene.run(["check", "--server", "b"], environment: environment)
                    try other.expectProblem(.credentialsRefused)
                    let slow = try await scene.run(["check", "--server", "slow"], environment: environment)
                    try slow.expectProblem(.timedOut)
                }
            }
        }
    }
}
