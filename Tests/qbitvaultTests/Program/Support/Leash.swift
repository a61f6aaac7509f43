import Glibc
import SystemPackage
import TestSupport

/// By which a program can be signalled that a scene runs.
struct Leash: Sendable {
    private let file: FilePath

    init(in scene: Scene) { file = scene.home.path.appending("pid") }

    /// What starts the program: `Scene.run(…, by:)`.
    var starter: [String] { ["sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", file.string] }

    /// Signals the program that was started last, and gives it time to notice: two of a kind that come together are
    /// one to the kernel. Blocks.
    func send(_ signal: Int32) {
        hit(signal)
        usleep(500_000)
    }

    /// Ends the program that was started last.
    func kill() { hit(SIGKILL) }

    private func hit(_ signal: Int32) {
        guard let text = try? Files.bytes(file) else { return }
        if let pid = pid_t(String(decoding: text.dropLast(), as: UTF8.self)) { _ = Glibc.kill(pid, signal) }
    }
}
