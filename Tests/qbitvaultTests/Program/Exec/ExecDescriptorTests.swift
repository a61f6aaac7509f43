import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `exec --fd`: files in memory.
@Suite(.timeLimit(.minutes(2))) struct ExecDescriptorTests {
    /// Whoever gets it can read it, and nobody can change it; the environment holds a name alone.
    @Test func thePasswordIsInASealedFile() async throws {
        try await Scene.withCredentials { scene, password in
            let script = """
                case $QBIT_PASSWORD_FILE in /proc/self/fd/[0-9]*) ;; *) exit 3 ;; esac
                test "$QBIT_USERNAME" = admin || exit 4
                stat -L -c '%a %F' "$QBIT_PASSWORD_FILE"
                (echo x >"$QBIT_PASSWORD_FILE") 2>/dev/null && exit 5
                (echo x >>"$QBIT_PASSWORD_FILE") 2>/dev/null && exit 6
                tr '\\0' '\\n' </proc/self/environ >environment
                cat "$QBIT_PASSWORD_FILE" "$QBIT_PASSWORD_FILE"
                """
            let run = try await scene.home.run(["exec", "--fd", "--", "sh", "-c", script])
            #expect(run.status == 0 && run.error.isEmpty, "\(run.status) \(run.error)")
            let secret = password.text ?? ""
            let isWhole = run.text == "444 regular file\n\(secret)\(secret)"
            #expect(isWhole)
            #expect(try scene.home.leaks(of: password) == [])
            #expect(try Files.bytes(scene.home.path.appending("environment")).count > 100)
        }
    }

    /// Other programs can put one into the keyring. A variable would end there, and a file does not.
    @Test func aPasswordWithAZeroByteIsNotCutShort() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let keyring = try scene.keyringFile()
            for (name, value) in [("QBIT_USERNAME", "admin"), ("QBIT_PASSWORD", "cut\0short")] {
                let item = ["service", "qbitvault", "server", "default", "name", name]
                let stored = try await ToolRun.of(
                    .name("secret-tool"), ["store", "--label=x"] + item, input: .text(value),
                    environment: .custom(home.environment.merging(keyring) { $1 }.asEnvironment))
                try #require(stored.status == 0, "\(stored.error)")
            }
            let environment = keyring.merging(["QBITVAULT_STORE": "keyring"]) { $1 }
            let refused = try await scene.run(["exec", "--", "touch", "started"], environment: environment)
            try refused.expectProblem(.secretSourceFailed)
            #expect(refused.error.contains("--fd"))
            #expect(throws: Errno.noSuchFileOrDirectory) { try Files.bytes(home.path.appending("started")) }
            for (way, reader) in [
                ("--fd", "cat \"$QBIT_PASSWORD_FILE\""), ("--tmpfile", "cat \"$QBIT_PASSWORD_FILE\""),
                ("--stdin=QBIT_PASSWORD", "cat"),
            ] {
                let run = try await scene.run(["exec", way, "--", "sh", "-c", reader], environment: environment)
                #expect(run.text == "cut\0short", "\(run.error)")
            }
        }
    }

    /// Programs that a shell starts have its descriptors, those below that too; Python closes them for its own.
    @Test func childrenReadItWhereTheyGetTheDescriptor() async throws {
        try await Scene.withCredentials { scene, password in
            let script = """
                import os, subprocess, sys
                name = os.environ['QBIT_PASSWORD_FILE']
                here = open(name, 'rb').read()
                closed = subprocess.run(['cat', name], capture_output=True)
                passed = subprocess.run(['cat', name], capture_output=True, pass_fds=[int(name.rsplit('/', 1)[1])])
                print(closed.returncode != 0 and closed.stdout == b'', passed.stdout == here)
                sys.stdout.flush()
                sys.stdout.buffer.write(here)
                """
            let run = try await scene.home.run(
                ["exec", "--fd", "--", "sh", "-c", "(exec 3</dev/null 4</dev/null; python3 -c \"$0\")", script])
            let isWhole = run.text == "True True\n\(password.text ?? "")"
            #expect(isWhole, "\(run.error)")
        }
    }

    /// A file in memory can be read by the user that a program becomes. One that has a name belongs to whom it was.
    @Test(
        .enabled(if: geteuid() == 0, "only root can become another user"),
        arguments: [
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "sh", "-c"],
            ["su", "-s", "/bin/sh", "nobody", "-c"],
        ])
    func aProgramThatDropsPrivilegesReadsIt(_ drop: [String]) async throws {
        try await Scene.withCredentials { scene, password in
            let script = drop + ["test \"$(id -u)\" = 65534 || exit 3; cat \"$QBIT_PASSWORD_FILE\""]
            let run = try await scene.home.run(["exec", "--fd", "--"] + script)
            let isWhole = run.status == 0 && run.text == password.text
            #expect(isWhole, "\(run.status) \(run.error)")
            let named = try await scene.home.run(["exec", "--tmpfile", "--"] + script)
            #expect(named.status == 1 && named.output.isEmpty && named.error.contains("denied"))
        }
    }

    /// It keeps the rule for files that somebody supplies: nobody else can write to it.
    @Test(arguments: [["--fd"], ["--tmpfile"]])
    func theProgramItselfTakesIt(_ way: [String]) async throws {
        let server = try await RealServer.shared(.v5_3)
        try await Scene.withCredentials { scene, _ in
            let url = ["QBITVAULT_URL": server.url]
            let bound = ["credential", "set", "QBIT_PASSWORD", "--stdin"]
            try await scene.succeed(bound, input: server.password(), environment: url)
            try await scene.succeed(["credential", "bind", "--url", server.url])
            let tool = try TestHome.tool.string
            // What the inner one finds is what the outer one gives: it has no other source.
            let inner = ["env", "XDG_DATA_HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", tool, "check", "--json"]
            let run = try await scene.run(["exec"] + way + ["--"] + inner, environment: url)
            #expect(run.status == 0, "\(run.error)")
            let told: ToldCheck = try run.document()
            #expect(told.proof == "password")
            #expect(told.source?.hasPrefix("file named by the environment /") == true)
            let twice = try await scene.run(
                ["exec"] + way + ["--", tool, "exec"] + way + ["--"] + inner, environment: url)
            #expect(twice.status == 0, "\(twice.error)")
        }
    }
}
