import Glibc
import Secrets
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A program that dies with a password in its memory, where core files are allowed.
@Suite(.timeLimit(.minutes(2))) struct CoreFileTests {
    /// Starts a program where core files are allowed, and lets it die of a signal once somebody says so. Says whether the
    /// kernel has written its memory down, and what lies in its folder then.
    private static let script = """
        import os, resource, signal, sys, time
        folder, go, number, *words = sys.argv[1:]
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            os.execvpe(words[0], words, os.environ)
        while not os.path.exists(go): time.sleep(0.01)
        os.kill(child, int(number))
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == int(number), status
        print(os.WCOREDUMP(status), *sorted(os.listdir(folder)), sep="\\n")
        """

    @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT, SIGBUS])
    func noCoreFileIsLeft(signal: Int32) async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            let (folder, go) = (home.path.appending("cores"), home.path.appending("go"))
            try Files.makeFolder(folder)
            // It has asked its sources before it calls anybody, and waits for a word that does not come.
            try await StandIn.with(.stayMute) { server in
                async let run = home.run(
                    ["check"], environment: scene.environment(for: server.url),
                    by: ["python3", "-c", Self.script, folder.string, go.string, "\(signal)"])
                try await server.expectCall()
                try Files.write("", to: go)
                let ended = try await run
                #expect(ended.status == 0, "\(ended.error)")
                #expect(ended.text.split(separator: "\n") == ["False"], "\(ended.text)")
                try scene.expectNoLeak(in: ended)
            }
        }
    }

    /// The same of a program that is not careful: the kernel writes its memory down, and the secret is found there.
    @Test func aPlantedOneIsFound() async throws {
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let cores = folder.appending("cores")
        try Files.makeFolder(cores)
        let secret = Secret.planted()
        let keeping = "import sys, time; kept = sys.stdin.buffer.read(); open('../go', 'w').close(); time.sleep(100)"
        let run = try await ToolRun.of(
            .name("python3"),
            ["-c", Self.script, cores.string, folder.appending("go").string, "\(SIGSEGV)", "python3", "-c", keeping],
            input: .secret(secret.copy()))
        #expect(run.status == 0, "\(run.error)")
        let lines = run.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "True", "this machine writes no core files, so that nothing is proved")
        // Where the kernel hands them to a program, there is nothing more to look at.
        guard lines.count > 1 else {
            let pattern = String(decoding: try Files.bytes("/proc/sys/kernel/core_pattern"), as: UTF8.self)
            #expect(pattern.hasPrefix("|") || pattern.hasPrefix("/"), "\(pattern)")
            return
        }
        let found = SecretForms(of: secret).occur(in: try Files.bytes(cores.appending(lines[1])))
        #expect(found)
    }
}
