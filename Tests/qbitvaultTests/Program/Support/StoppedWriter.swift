import Glibc
import Secrets
import SystemPackage
import TestSupport

/// The program in the middle of a change of the vault: it holds the lock, and does not go on.
final class StoppedWriter: Sendable {
    let process: pid_t

    /// Starts `credential set` until one could be stopped while it held the lock; that takes a millisecond or two.
    static func with<R>(_ scene: Scene, _ body: (StoppedWriter) async throws -> R) async throws -> R {
        let lock = FilePath(scene.vault.string + ".lock")
        let file = scene.home.path.appending("pid")
        for _ in 0..<50 {
            try Files.write("", to: file)
            async let run = scene.run(
                ["credential", "set", "HELD", "--stdin"], input: scene.newSecret(),
                by: ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", file.string])
            let writer = await onThread { stopHolder(of: lock, toldIn: file) }
            if let writer {
                do {
                    let result = try await body(StoppedWriter(writer))
                    kill(writer, SIGKILL)
                    _ = try await run
                    return result
                } catch {
                    kill(writer, SIGKILL)
                    _ = try? await run
                    throw error
                }
            }
            _ = try await run
        }
        throw NeverHeld()
    }

    private init(_ process: pid_t) { self.process = process }

    private struct NeverHeld: Error {}

    /// Nil where it had let go before it could be stopped.
    private static func stopHolder(of lock: FilePath, toldIn file: FilePath) -> pid_t? {
        var writer: pid_t?
        for _ in 0..<40_000 {
            writer = writer ?? number(in: file)
            if let writer, number(in: lock) == writer {
                kill(writer, SIGSTOP)
                // Until it stands, it may have let go.
                while !isStopped(writer) {
                    guard kill(writer, 0) == 0 else { return nil }
                    usleep(100)
                }
                if number(in: lock) == writer { return writer }
                kill(writer, SIGCONT)
                return nil
            }
            usleep(250)
        }
        return nil
    }

    private static func number(in file: FilePath) -> pid_t? {
        let text = (try? Files.bytesToTheEnd(of: file)).map { String(decoding: $0, as: UTF8.self) }
        return text?.split { $0 == " " || $0 == "\n" }.first.flatMap { pid_t($0) }
    }

    /// Stopped, or ended: a process that nobody has waited for yet stands there as well.
    private static func isStopped(_ process: pid_t) -> Bool {
        let stat = (try? Files.bytesToTheEnd(of: FilePath("/proc/\(process)/stat"))) ?? []
        guard let end = stat.lastIndex(of: UInt8(ascii: ")")), stat.count > end + 2 else { return true }
        return stat[end + 2] == UInt8(ascii: "T") || stat[end + 2] == UInt8(ascii: "Z")
    }
}
