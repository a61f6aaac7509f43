import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// `exec --tmpfile`: files in a folder in memory, there for as long as the command runs.
@Suite(.timeLimit(.minutes(2))) struct ExecTemporaryFileTests {
    private static let show = """
        stat -c %a "$QBIT_PASSWORD_FILE" "${QBIT_PASSWORD_FILE%/*}"; echo "$QBIT_PASSWORD_FILE"
        """

    @Test func itIsClosedToOthersAndGoneAfterwards() async throws {
        try await Scene.withCredentials { scene, password in
            let script = "umask 0; " + Self.show + "; env; cat \"$QBIT_PASSWORD_FILE\"; exit 7"
            let run = try await scene.home.run(
                ["exec", "--tmpfile", "--", "sh", "-c", script], by: ["sh", "-c", "umask 0; exec \"$@\"", "sh"])
            #expect(run.status == 7 && run.error.isEmpty, "\(run.error)")
            let lines = run.text.split(separator: "\n").map(String.init)
            #expect(lines.prefix(2) == ["600", "700"])
            #expect(lines[2].hasPrefix(scene.home.runtime.string + "/"))
            #expect(lines.contains("QBIT_USERNAME=admin") && !lines.contains { $0.hasPrefix("QBIT_PASSWORD=") })
            let isWhole = lines.last == password.text
            #expect(isWhole)
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    @Test(
        arguments: [
            ("exit 0", 0), ("exit 42", 42), ("kill -KILL $$", 137), ("kill -TERM $$", 143), ("kill -SEGV $$", 139),
        ])
    func itEndsAsTheCommandDid(_ script: String, _ status: Int32) async throws {
        try await Scene.withCredentials { scene, _ in
            let run = try await scene.home.run(["exec", "--tmpfile", "--", "sh", "-c", script])
            #expect(run.status == status && run.error.isEmpty, "\(run.error)")
            // To whoever waits it is the signal itself.
            let seen = try await scene.home.run(
                ["exec", "--tmpfile", "--", "sh", "-c", script],
                by: ["python3", "-c", "import subprocess, sys; print(subprocess.run(sys.argv[1:]).returncode)"])
            #expect(seen.text == "\(status > 128 ? 128 - status : status)\n")
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    /// The command hears the signal, and has time for what it does then.
    @Test(arguments: [("TERM", SIGTERM), ("INT", SIGINT), ("HUP", SIGHUP), ("USR1", SIGUSR1)])
    func aSignalIsPassedOn(_ name: String, _ number: Int32) async throws {
        try await Scene.withCredentials { scene, _ in
            let leash = Leash(in: scene)
            let ready = scene.home.path.appending("ready")
            let script = """
                trap 'echo heard; test -s "$QBIT_PASSWORD_FILE" && exit 9' \(name)
                echo >"$0"; while :; do sleep 0.05; done
                """
            async let run = scene.home.run(
                ["exec", "--tmpfile", "--", "sh", "-c", script, ready.string], by: leash.starter)
            try await appears(ready)
            leash.send(number)
            let ended = try await run
            #expect(ended.status == 9 && ended.text == "heard\n", "\(ended.status) \(ended.error)")
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    /// And where it does nothing, it ends by it, and the file is gone all the same.
    @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGALRM])
    func aSignalEndsBoth(_ number: Int32) async throws {
        try await Scene.withCredentials { scene, _ in
            let leash = Leash(in: scene)
            let ready = scene.home.path.appending("ready")
            async let run = scene.home.run(
                ["exec", "--tmpfile", "--", "python3", "-c", "import time; open('\(ready)', 'w'); time.sleep(60)"],
                by: leash.starter)
            try await appears(ready)
            leash.send(number)
            let ended = try await run
            #expect(ended.status == 128 + number)
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    /// A terminal sends Ctrl-C to both, and the command hears it once; its end is told to us alone, and passed on.
    @Test func aTerminalIsHeardOnce() async throws {
        try await Scene.withCredentials { scene, _ in
            let script = """
                import os, pty, sys, time
                wait = 'import signal, time; heard = []; signal.signal(signal.SIGINT, lambda *_: heard.append(1)); '
                wait += 'print("ready", flush=True); time.sleep(1); print("heard", len(heard), flush=True); time.sleep(60)'
                process, terminal = pty.fork()
                if process == 0: os.execv(sys.argv[1], [sys.argv[1], 'exec', '--tmpfile', '--', 'python3', '-c', wait])
                def expect(word, seen=b''):
                    while word not in seen: seen += os.read(terminal, 100)
                expect(b'ready')
                os.write(terminal, b'\\x03')
                expect(b'heard 1')
                os.close(terminal)
                print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
                """
            let run = try await ToolRun.of(
                .name("python3"), ["-c", script, TestHome.tool.string],
                environment: .custom(scene.home.environment.asEnvironment), in: scene.home.path)
            #expect(run.text == "-1\n", "\(run.error)")
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    /// What the caller has us ignore (nohup), the command ignores too, and neither ends.
    @Test func whatIsIgnoredStaysIgnored() async throws {
        try await Scene.withCredentials { scene, _ in
            let setting = ["sh", "-c", "trap '' HUP CHLD; exec \"$@\"", "sh"]
            let words = ["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]
            let direct = try await ToolRun.of(.name(setting[0]), setting.dropFirst() + words)
            let handed = try await scene.home.run(["exec", "--tmpfile", "--"] + words, by: setting)
            #expect(handed.status == 0, "\(handed.error)")
            #expect(try handed.signals == direct.signals)
            let limits = ["sh", "-c", "ulimit -S -c 1024; umask 027; exec \"$@\"", "sh"]
            let look = ["sh", "-c", "ulimit -Sa; umask"]
            let without = try await ToolRun.of(.name(limits[0]), limits.dropFirst() + look)
            let with = try await scene.home.run(["exec", "--tmpfile", "--"] + look, by: limits)
            #expect(with.text == without.text && with.text.contains("1024"))
        }
    }

    /// Nobody can remove it when the process is killed; the next run does, and spares those that are in use.
    @Test func whatAKilledRunLeftIsRemovedByTheNext() async throws {
        try await Scene.withCredentials { scene, password in
            let leash = Leash(in: scene)
            let ready = scene.home.path.appending("ready")
            let wait = ["sh", "-c", "echo >\"$0\"; while test -e \"$0\"; do sleep 0.05; done", ready.string]
            async let run = scene.home.run(["exec", "--tmpfile", "--"] + wait, by: leash.starter)
            try await appears(ready)
            let left = try Files.names(in: scene.home.runtime)
            #expect(left.count == 1)
            let look = ["exec", "--tmpfile", "--", "ls", scene.home.runtime.string]
            #expect(try await scene.home.run(look).text.split(separator: "\n").count == 2)
            leash.kill()
            try Files.remove(ready)
            _ = try await run
            #expect(try Files.names(in: scene.home.runtime) == left)
            #expect(try await scene.home.run(look).text.split(separator: "\n").count == 1)
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    @Test func withoutAFolderInMemoryItIsTheSharedOne() async throws {
        try await Scene.withCredentials { scene, _ in
            let words = ["exec", "--tmpfile", "--", "sh", "-c", Self.show]
            for (folder, reason) in [
                ("", "is not set"), ("/var", "does not lie in memory"), ("/nonexistent", "is not there"),
                ("relative", "is not an absolute path"),
            ] {
                let run = try await scene.home.run(words, environment: ["XDG_RUNTIME_DIR": folder])
                let lines = run.text.split(separator: "\n")
                #expect(lines.prefix(2) == ["600", "700"] && lines[2].hasPrefix("/dev/shm/qbitvault-exec."))
                #expect(run.error.contains(reason) && run.error.contains("/dev/shm"), "\(run.error)")
                #expect(throws: Errno.noSuchFileOrDirectory) { try FilePath(String(lines[2])).stat() }
            }
            // That of a systemd service is as good as the user's, and need not be spoken of.
            let service = scene.home.path.appending("service")
            try Files.makeFolder(service)
            let run = try await scene.home.run(
                words, environment: ["XDG_RUNTIME_DIR": "", "RUNTIME_DIRECTORY": "\(service):/nonexistent"])
            #expect(run.error.isEmpty && run.text.contains("\n\(service)/"))
        }
    }

    @Test(arguments: [("nonexistent-command", 127), ("/etc/passwd", 126)])
    func whatCannotBeRunLeavesNoFile(_ command: String, _ status: Int32) async throws {
        try await Scene.withCredentials { scene, _ in
            let run = try await scene.run(["exec", "--tmpfile", "--", command])
            try run.expectProblem(try #require(ExitStatus(rawValue: status)))
            #expect(try Files.names(in: scene.home.runtime) == [])
        }
    }

    private func appears(_ path: FilePath) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while (try? path.stat()) == nil {
            try #require(ContinuousClock.now < deadline, "the command did not start")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
