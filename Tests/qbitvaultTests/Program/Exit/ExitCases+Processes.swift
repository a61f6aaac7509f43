import Glibc
import SystemPackage
import TestSupport

@testable import qbitvault

extension ExitCase {
    static let processes = [
        ExitCase(.commandNotFound, "a command that does not exist") { scene in
            try await scene.run(
                ["exec", "--", "nonexistent-command"], environment: scene.environment(for: "http://[::1]"))
        },
        ExitCase(.cannotExecute, "a file that is no program") { scene in
            let file = try scene.makeSource().string
            return try await scene.run(["exec", "--", file], environment: scene.environment(for: "http://[::1]"))
        },
        ExitCase(.interrupted, "Ctrl-C while a server is waited for") { try await signalled($0, SIGINT) },
        ExitCase(.terminated, "SIGTERM while a server is waited for") { try await signalled($0, SIGTERM) },
        ExitCase(.hangup, "the terminal's end while a server is waited for") { try await signalled($0, SIGHUP) },
        ExitCase(.brokenPipe, "nobody who reads the result") { scene in
            try await scene.makeVault()
            // The reader is gone before anything is written.
            let script = "exec 3> >(:); wait $!; exec \"$@\" >&3 3>&-"
            return try await scene.run(["vault", "status"], by: ["bash", "-c", script, "bash"])
        },
    ]

    /// Sends a signal once the server has been called.
    private static func signalled(_ scene: Scene, _ signal: Int32) async throws -> ToolRun {
        try await StandIn.with(.stayMute) { server in
            let file = scene.home.path.appending("pid")
            let environment = scene.environment(for: server.url)
            async let run = scene.run(
                ["check"], environment: environment, by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", file.string])
            try await server.expectCall()
            let text = String(decoding: try Files.bytes(file), as: UTF8.self)
            guard let pid = pid_t(text.dropLast()), kill(pid, signal) == 0 else { throw Errno(rawValue: errno) }
            return try await run
        }
    }
}
