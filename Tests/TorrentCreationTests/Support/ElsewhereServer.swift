import Glibc
import QBittorrentClient
import Secrets
import Subprocess
import SystemPackage
import TestSupport

/// A real server in a mount namespace of its own, as in a container: it sees a folder of this machine under another
/// name, and nothing under the one it has here.
enum ElsewhereServer {

    /// Runs one for the duration of `body`.
    static func with(
        _ version: RealServer.Version, in scratch: ScratchFolder, seeing here: FilePath, at there: FilePath,
        _ body: (Session) async throws -> Void
    ) async throws {
        let password = Secret.madeUp()
        let script = """
            mount --bind "$1" "$2"
            mount -t tmpfs none "$1"
            shift 2
            exec "$@"
            """
        let start = [
            Self.program.string, "start", version.rawValue, "--run", scratch.path.string, "--name", "server",
            "--password-stdin", "--for", "\(getpid())",
        ]
        // Whoever is not root becomes it in a user namespace, which is as far as it has to reach.
        let unshare = geteuid() == 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"]
        let started = try await ToolRun.succeeding(
            .name("unshare"), unshare + ["sh", "-ec", script, "sh", here.string, there.string] + start,
            input: .secret(password))
        let stop = ["stop", "--run", scratch.path.string, "--remove", "server"]
        do {
            let fields = started.text.split(separator: "\t")
            let server = try Server(String(fields[2]))
            try await HTTPTransport.with(to: server) { transport in
                try await Session.signedIn(
                    to: server, over: transport, guard: nil,
                    credentials: { ServerCredentials(username: "admin", password: password.copy()) }, body)
            }
            _ = try await ToolRun.succeeding(.path(Self.program), stop)
        } catch {
            _ = try? await ToolRun.succeeding(.path(Self.program), stop)
            throw error
        }
    }

    private static let program = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().removingLastComponent().appending("scripts/qbittorrent-server")
}
