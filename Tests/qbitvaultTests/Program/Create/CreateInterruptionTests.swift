import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// Ctrl-C and SIGTERM while the server hashes.
@Suite struct CreateInterruptionTests {
    private static let signals = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)]

    @Test(arguments: [RealServer.Version.v5_1, .v5_3])
    func nothingIsLeft(version: RealServer.Version) async throws {
        try await RealServer.with(version) { server in
            for (signal, status) in Self.signals {
                try await TestHome.with { home in
                    let scene = Scene(home)
                    let run = try await interrupted(by: signal, on: server, scene)
                    #expect(run.status == status.rawValue)
                    try scene.expectNoLeak(in: run)
                    #expect(try await server.answer(to: "torrentcreator/status") == "[]")
                    #expect(try await server.answer(to: "torrents/info") == "[]")
                    #expect(try Files.all(below: home.path.appending("results")).isEmpty)
                }
            }
        }
    }

    /// Starts on a file that takes hours, and sends the signal when the server is at it.
    private func interrupted(by signal: Int32, on server: RealServer, _ scene: Scene) async throws -> ToolRun {
        // Not in the home, which is searched for leaks.
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        let source = folder.appending("source")
        let file = try FileDescriptor.open(source, .writeOnly, options: [.create], permissions: .ownerReadWrite)
        try file.resize(to: 1 << 42)
        try file.close()
        let results = try scene.make("results/")
        let pidFile = scene.home.path.appending("pid")
        async let run = scene.run(
            ["create", source.string, "--output", results.string], environment: scene.environment(for: server),
            by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pidFile.string])
        while !(try await server.answer(to: "torrentcreator/status").contains("\"Running\"")) {
            try await Task.sleep(for: .milliseconds(20))
        }
        let text = String(decoding: try Files.bytes(pidFile), as: UTF8.self)
        guard let pid = pid_t(text.dropLast()), kill(pid, signal) == 0 else { throw Errno(rawValue: errno) }
        return try await run
    }
}
