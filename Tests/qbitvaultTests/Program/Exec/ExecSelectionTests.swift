import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Which credentials `exec` hands on, and what they are called.
@Suite(.timeLimit(.minutes(2))) struct ExecSelectionTests {
    @Test func onlyWhatIsNamedArrives() async throws {
        try await Scene.withCredentials("TRACKER", "QBIT_API_KEY", "OTHER") { scene, _ in
            try await scene.expectHanded(["--only", "TRACKER"], ["TRACKER": "value of TRACKER"])
            try await scene.expectHanded(
                ["--only", "TRACKER", "--only", "QBIT_USERNAME"],
                ["TRACKER": "value of TRACKER", "QBIT_USERNAME": "admin"])
            try await scene.expectHanded(["--only", "QBIT_API_KEY"], ["QBIT_API_KEY": "value of QBIT_API_KEY"])
        }
    }

    @Test func everythingIsWhatThereIsForTheServer() async throws {
        try await Scene.withCredentials("TRACKER", "QBIT_API_KEY") { scene, password in
            let expected = [
                "QBIT_USERNAME": "admin", "QBIT_PASSWORD": password.text ?? "", "TRACKER": "value of TRACKER",
                "QBIT_API_KEY": "value of QBIT_API_KEY",
            ]
            try await scene.expectHanded(["--all"], expected)
            // What another server has is not among them, and what stands in .env is.
            try scene.configure(servers: [("nas", "url: \"http://localhost:8080\"")])
            try await scene.keep("HERS", Secret(copying: "hers".utf8), ["--server", "nas"])
            try scene.write(Array("HIS=his\nHERS__NAS=left over\nITS__NAS=its\n".utf8), to: scene.dotEnv)
            try await scene.expectHanded(["--all"], expected.merging(["HIS": "his"]) { $1 })
            try await scene.expectHanded(["--all", "--server", "nas"], ["HERS": "hers", "ITS": "its"])
        }
    }

    @Test func aNameIsReplaced() async throws {
        try await Scene.withCredentials("TRACKER") { scene, password in
            let secret = password.text ?? ""
            try await scene.expectHanded(
                ["--as", "NEW=QBIT_PASSWORD", "--as", "SAME=QBIT_PASSWORD"],
                ["QBIT_USERNAME": "admin", "NEW": secret, "SAME": secret], environment: ["NEW": "left over"])
            try await scene.expectHanded(
                ["--as", "NEW=TRACKER"], ["QBIT_USERNAME": "admin", "QBIT_PASSWORD": secret, "NEW": "value of TRACKER"])
            // The old name is not there, also where it is the caller's who answers.
            try await scene.expectHanded(
                ["--only", "QBIT_USERNAME", "--as", "NEW=TRACKER"], ["QBIT_USERNAME": "admin", "NEW": "the caller's"],
                environment: ["TRACKER": "the caller's"])
        }
    }

    /// What would contradict what is handed on is taken away, whatever it is called.
    @Test func leftoversOfTheCallerAreGone() async throws {
        try await Scene.withCredentials("TRACKER") { scene, password in
            let other = ["QBITTORRENTAPI_API_KEY": "left over"]
            let left = other.merging(["QBIT_API_KEY": "left over", "QBIT_USERNAME_FILE": "/dev/null"]) { $1 }
            let secret = password.text ?? ""
            try await scene.expectHanded(
                [], other.merging(["QBIT_USERNAME": "admin", "QBIT_PASSWORD": secret]) { $1 }, environment: left)
            try await scene.expectHanded(
                ["--preset", "qbittorrent-api"],
                [
                    "QBITTORRENTAPI_HOST": "http://localhost:8080", "QBITTORRENTAPI_USERNAME": "admin",
                    "QBITTORRENTAPI_PASSWORD": secret,
                ], environment: left)
            try await scene.expectHanded(
                ["--only", "TRACKER"], other.merging(["TRACKER": "value of TRACKER"]) { $1 }, environment: left)
        }
    }

    /// User name, password and key come from one source here as well.
    @Test func aPasswordIsNotPairedWithAKeyFromElsewhere() async throws {
        try await Scene.withCredentials { scene, _ in
            let both = ["exec", "--only", "QBIT_API_KEY", "--only", "QBIT_PASSWORD", "--", "true"]
            let run = try await scene.run(both, environment: ["QBIT_API_KEY": scene.newSecret().text ?? ""])
            try run.expectProblem(.credentialNotFound)
            #expect(run.error.contains("There is no password"))
        }
    }

    @Test(arguments: [
        ["--only", "NONE"], ["--only", "QBIT_API_KEY"], ["--as", "NEW=NONE"], ["--stdin", "NONE"],
        ["--all", "--as", "A=B"], ["--fd", "--only", "NONE"], ["--tmpfile", "--only", "NONE"],
    ])
    func withoutOneOfThemTheCommandDoesNotStart(_ options: [String]) async throws {
        try await Scene.withCredentials { scene, _ in
            let run = try await scene.run(["exec"] + options + ["--", "touch", "started"])
            try run.expectProblem(.credentialNotFound)
            #expect(throws: Errno.noSuchFileOrDirectory) { try Files.bytes(scene.home.path.appending("started")) }
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    @Test func everythingIsMoreThanNothing() async throws {
        try await TestHome.with { home in
            try await Scene(home).run(["exec", "--all", "--", "true"]).expectProblem(.credentialNotFound)
        }
    }

    @Test(arguments: [
        ["--only", "A", "--all"], ["--only", "a-b"], ["--as", "A"], ["--as", "1=QBIT_PASSWORD"],
        ["--as", "A=QBIT_PASSWORD", "--as", "A=QBIT_USERNAME"], ["--as", "QBIT_PASSWORD=QBIT_USERNAME"],
        ["--fd", "--tmpfile"], ["--preset", "qbittorrent-api", "--fd"], ["--preset", "nothing"],
    ])
    func whatMakesNoSenseIsRefused(_ options: [String]) async throws {
        try await Scene.withCredentials { scene, _ in
            try await scene.run(["exec"] + options + ["--", "true"]).expectProblem(.usage)
        }
    }
}
