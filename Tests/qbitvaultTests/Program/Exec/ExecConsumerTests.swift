import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Programs as people use them, under `exec`.
@Suite(.timeLimit(.minutes(3))) struct ExecConsumerTests {
    /// qbittorrent-api knows address, name and password by its own names, and needs no word about them in a script.
    @Test(arguments: [RealServer.Version.v4_5, .v5_3])
    func aScriptThatUsesQbittorrentAPI(_ version: RealServer.Version) async throws {
        try await withServer(version) { scene, server, environment in
            let python = try await TestPython.interpreter()
            let run = try await scene.home.run(
                ["exec", "--preset", "qbittorrent-api", "--", python, "-c", Self.script],
                environment: environment)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.text == "\(try await server.release()) False True\n")
            try scene.expectNoLeak(in: run)
        }
    }

    @Test func theSameScriptByAKey() async throws {
        try await withServer(.v5_3) { scene, server, environment in
            let key = try await server.makeAPIKey()
            scene.hold(key)
            try await scene.succeed(
                ["credential", "set", "QBIT_API_KEY", "--stdin"], input: key.copy(), environment: environment)
            let python = try await TestPython.interpreter()
            let run = try await scene.home.run(
                [
                    "exec", "--only", "QBIT_API_KEY", "--preset", "qbittorrent-api", "--", python, "-c",
                    Self.script,
                ], environment: environment)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.text == "\(try await server.release()) True False\n")
            try scene.expectNoLeak(in: run)
        }
    }

    /// A shell script with children, some of which outlive a pipe's other end, and a program that reads the password
    /// from its standard input.
    @Test func aShellScriptThatStartsChildren() async throws {
        try await withServer(.v5_3) { scene, server, environment in
            let script = """
                set -eu
                login() {
                    curl --silent --noproxy '*' --cookie-jar "$HOME/jar" --data-urlencode "username=$QBIT_USERNAME" \\
                        --data-urlencode password@"$1" --output /dev/null "$0/api/v2/auth/login"
                    curl --silent --fail --noproxy '*' --cookie "$HOME/jar" "$0/api/v2/app/version"
                    rm -f "$HOME/jar"
                }
                WAY
                """
            for (options, way) in [
                ([], "printf %s \"$QBIT_PASSWORD\" | login -"), (["--fd"], "(login \"$QBIT_PASSWORD_FILE\") & wait $!"),
                (["--tmpfile"], "login \"$QBIT_PASSWORD_FILE\" | cat"), (["--stdin", "QBIT_PASSWORD"], "login -"),
            ] {
                let run = try await scene.home.run(
                    ["exec"] + options + ["--", "sh", "-c", script.replacing("WAY", with: way), server.url],
                    environment: environment)
                let release = try await server.release()
                #expect(run.status == 0 && run.text == release, "\(options): \(run.status) \(run.error)")
                try scene.expectNoLeak(in: run)
            }
        }
    }

    /// A debugger may look at it, and it may leave a core file: what we forbid ourselves ends with us.
    @Test(arguments: [[], ["--fd"], ["--tmpfile"], ["--stdin", "QBIT_PASSWORD"]])
    func aCommandIsAsTraceableAsWithoutUs(_ options: [String]) async throws {
        try await Scene.withCredentials { scene, _ in
            let script = "import ctypes; print(ctypes.CDLL(None).prctl(3))"
            let run = try await scene.home.run(["exec"] + options + ["--", "python3", "-c", script])
            #expect(run.text == "1\n", "\(run.error)")
        }
    }

    /// While a command runs beside us, no secret is in our memory, and nobody but root could look.
    @Test(.enabled(if: geteuid() == 0, "only root may look"))
    func whatStaysBesideACommandHoldsNoSecret() async throws {
        try await Scene.withCredentials { scene, password in
            let script = """
                import os, re
                def holds(process, wanted):
                    with open(f'/proc/{process}/mem', 'rb', 0) as memory:
                        for line in open(f'/proc/{process}/maps'):
                            start, end, mode = re.match(r'(\\w+)-(\\w+) (\\S+)', line).groups()
                            if mode[0] != 'r' or 'vvar' in line or 'vsyscall' in line: continue
                            memory.seek(int(start, 16))
                            try:
                                if wanted in memory.read(int(end, 16) - int(start, 16)): return True
                            except OSError: pass
                    return False
                wanted = open(os.environ['QBIT_PASSWORD_FILE'], 'rb').read()
                print(holds(os.getppid(), wanted), holds(os.getppid(), b'qbitvault-exec.'), holds(os.getpid(), wanted))
                """
            let run = try await scene.home.run(["exec", "--tmpfile", "--", "python3", "-c", script])
            #expect(run.text == "False True True\n", "\(run.error)")
        }
    }

    private static let script = """
        import os, qbittorrentapi
        client = qbittorrentapi.Client()
        print(client.app.version, 'QBITTORRENTAPI_API_KEY' in os.environ, 'QBITTORRENTAPI_PASSWORD' in os.environ)
        assert not [name for name in os.environ if name.startswith('QBIT_')]
        """

    /// A server whose credentials are kept in a vault.
    private func withServer(
        _ version: RealServer.Version, _ body: (Scene, RealServer, [String: String]) async throws -> Void
    ) async throws {
        try await RealServer.with(version) { server in
            try await TestHome.with(named: "/dev/shm/qbitvault-test.") { home in
                let scene = Scene(home)
                let set = try await scene.setUp(server)
                try #require(set.status == 0, "\(set.error)")
                try await body(scene, server, [:])
            }
        }
    }
}
