import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `credentials.command`: a program that prints credentials in the place of a store.
@Suite(.timeLimit(.minutes(2))) struct CredentialCommandTests {
    @Test func oneCommandServesSeveralNames() async throws {
        try await SourceHome.with { home in
            let program = try home.program(
                #"case $1 in QBIT_USERNAME) echo teller;; QBIT_PASSWORD) echo '\#(home.password)';; *) exit 3;; esac"#)
            try home.configure(command: [program.string, "{name}"])
            #expect(try await home.signIn().text == "teller:\(home.password)")
            // It is not asked for what it was not said to have.
            let run = try await home.scene.home.run(["credential", "get", "TRACKER"])
            #expect(run.status == ExitStatus.credentialNotFound.rawValue)
            try home.configure(command: [program.string, "{name}"], ["command_names: [QBIT_PASSWORD, TRACKER]"])
            let failed = try await home.scene.home.run(["credential", "get", "TRACKER"])
            #expect(failed.status == ExitStatus.secretSourceFailed.rawValue)
            #expect(failed.error.contains("ended with 3") && failed.error.contains("\(program), asked for TRACKER"))
        }
    }

    /// As most programs are: a password, and nothing to choose by.
    @Test func withoutAPlaceForTheNameItIsThePassword() async throws {
        try await SourceHome.with { home in
            try home.configure(command: ["cat", home.supply("password", home.password + "\n").string])
            #expect(try await home.signIn(["--username", "me"]).text == "me:\(home.password)")
            let run = try await home.scene.run(["exec", "--", "true"])
            try run.expectProblem(.credentialNotFound)
            #expect(run.error.contains("{name}"))
            try home.configure(
                command: ["cat", home.folder.appending("password").string],
                ["command_names: [QBIT_USERNAME, QBIT_PASSWORD]"])
            try await home.scene.run(["exec", "--", "true"]).expectProblem(.configuration)
        }
    }

    /// What a command without a place for the server prints is the default server's, and goes to no other.
    @Test func anotherServerIsNamedToIt() async throws {
        try await SourceHome.with { home in
            let program = try home.program(#"echo "$2-$1""#)
            let servers = "servers: {nas.2: {url: 'https://nas.example', username: me}}\n"
            try home.scene.configure("credentials: {command: ['\(program)', '{name}']}\n" + servers)
            let run = try await home.scene.run(["exec", "--server", "nas.2", "--", "true"])
            try run.expectProblem(.credentialNotFound)
            try home.scene.configure("credentials: {command: ['\(program)', '{name}', '{server}']}\n" + servers)
            #expect(try await home.signIn(["--server", "nas.2"]).text == "me:nas.2-QBIT_PASSWORD")
            #expect(try await home.signIn().text == "default-QBIT_USERNAME:default-QBIT_PASSWORD")
        }
    }

    /// What it has for one server says nothing about another.
    @Test func itFailsForOneServerAndNotForTheOthers() async throws {
        try await SourceHome.with { home in
            let program = try home.program(#"test $2 != a || exit 4; echo "$2-$1""#)
            let servers = ["a", "b"].map { "\($0): {url: 'https://\($0).example'}" }.joined(separator: ", ")
            try home.scene.configure(
                """
                credentials: {command: ['\(program)', '{name}', '{server}']}
                qbittorrent: {url: 'https://nas.example'}
                servers: {\(servers)}

                """)
            let run = try await home.scene.home.run(["credential", "where", "QBIT_PASSWORD", "--all-servers"])
            let rows = run.text.split(separator: "\n").dropFirst()
            #expect(rows.filter { $0.contains("from command") }.count == 2, "\(run.text)")
            #expect(rows.filter { $0.contains("fails") }.map { $0.prefix(1) } == ["a"])
        }
    }

    /// Words are passed on as they are: no shell looks at them.
    @Test func noShellLooksAtIt() async throws {
        try await SourceHome.with { home in
            let odd = #"$HOME `id` ; | > * {other} "x" \"#
            try home.scene.configure("credentials:\n  command:\n    - printf\n    - '%s'\n    - '\(odd)'\n")
            #expect(try await home.signIn(["--username", "me"]).text == "me:\(odd)")
        }
    }

    /// It may be slow, or want a key touched.
    @Test func itIsAskedOnceForEachName() async throws {
        let server = try await RealServer.shared(.v5_3)
        try await SourceHome.with { home in
            let password = server.password()
            home.scene.hold(password)
            let notes = home.scene.home.path.appending("notes")
            try home.supply("QBIT_USERNAME", server.username)
            try home.supply("QBIT_PASSWORD", password.text ?? "")
            let program = try home.program("echo $1 >>'\(notes)'; cat '\(home.folder)'/$1")
            try home.configure(command: [program.string, "{name}"])
            let run = try await home.scene.home.run(
                ["check", "-vvv", "--json"], environment: ["QBITVAULT_URL": server.url])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.error.contains("credentials: from command"))
            try home.scene.expectNoLeak(in: run)
            #expect(try lines(notes).sorted() == ["QBIT_PASSWORD", "QBIT_USERNAME"])
            try Files.remove(notes)
            let told = try await home.scene.run(["credential", "where"])
            #expect(told.status == 0)
            #expect(try lines(notes).sorted() == ["QBIT_PASSWORD", "QBIT_USERNAME"])
            try home.scene.expectNoLeak(in: told)
        }
    }

    @Test func allOfItIsEndedAtTheTimeLimit() async throws {
        try await SourceHome.with { home in
            let notes = home.scene.home.path.appending("notes")
            let program = try home.program("sleep 300 & echo $! $$ >'\(notes)'; echo started; wait")
            try home.configure(command: [program.string], ["command_timeout: 0.5"])
            let run = try await home.scene.run(["exec", "--username", "me", "--", "true"])
            try run.expectProblem(.secretSourceTimedOut)
            #expect(run.error.contains("credentials.command_timeout"))
            let processes = try lines(notes).flatMap { $0.split(separator: " ") }.compactMap { pid_t($0) }
            #expect(processes.count == 2)
            for process in processes { #expect(try await isGone(process)) }
        }
    }

    /// Nothing is asked of a person, or put anywhere, that would not be used.
    @Test(arguments: [
        ["credential", "set", "QBIT_PASSWORD", "--stdin"],
        ["setup", "--url", "http://127.0.0.1:1", "--username", "me", "--password-stdin", "--no-input"],
        [
            "setup", "--url", "http://127.0.0.1:1", "--username", "me", "--password-stdin", "--no-input", "--store",
            "vault",
        ],
    ])
    func itKeepsNothing(words: [String]) async throws {
        try await SourceHome.with { home in
            try home.scene.configure(
                "credentials: {command: ['true']}\nqbittorrent: {url: 'http://127.0.0.1:1'}\n")
            let before = try Files.snapshot(home.scene.home.path)
            let run = try await home.scene.run(words, input: home.scene.newSecret())
            try run.expectProblem(.resultCannotBeWritten)
            #expect(try Files.snapshot(home.scene.home.path) == before)
            for words in [["list"], ["delete", "QBIT_PASSWORD"], ["bind", "--url", "https://nas.example"]] {
                try await home.scene.run(["credential"] + words).expectProblem(.usage)
            }
            // A store that keeps can be named all the same.
            try await home.scene.succeed(
                ["credential", "set", "TRACKER", "--stdin", "--store", "vault"], input: home.scene.newSecret())
        }
    }

    @Test func aStoreThatIsNamedIsMeant() async throws {
        try await SourceHome.with { home in
            try home.configure(command: ["false"], ["store: vault"])
            #expect(try await home.signIn().text.hasPrefix("kept:"))
            try home.scene.configure("credentials: {store: command}\n")
            try await home.scene.run(["exec", "--", "true"]).expectProblem(.configuration)
        }
    }

    @Test func aConfigurationThatWasMerelyFoundRunsNothing() async throws {
        try await SourceHome.with { home in
            let folder = home.scene.home.path.appending("cloned/config")
            let mark = home.scene.home.path.appending("mark")
            try Files.makeFolder(folder)
            try Files.write("credentials: {command: [touch, '\(mark)']}\n", to: folder.appending("config.yaml"))
            let run = try await home.scene.run(["exec", "--", "true"], in: folder.removingLastComponent())
            try run.expectProblem(.configuration)
            #expect(try !Files.names(in: home.scene.home.path).contains("mark"))
            let byVariable = try await home.scene.run(
                ["exec", "--", "true"], environment: ["QBITVAULT_COMMAND": "[touch, '\(mark)']"])
            try byVariable.expectProblem(.configuration)
        }
    }

    private func lines(_ path: FilePath) throws -> [String] {
        String(decoding: try Files.bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func isGone(_ process: pid_t) async throws -> Bool {
        for _ in 0..<300 {
            let state = (try? Files.bytesToTheEnd(of: FilePath("/proc/\(process)/stat"))) ?? []
            // Ended, and nobody has looked yet: that is for whoever inherits it to do.
            if state.isEmpty || String(decoding: state, as: UTF8.self).contains(") Z ") { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
