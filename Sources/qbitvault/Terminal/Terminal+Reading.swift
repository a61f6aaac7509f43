import CLinux
import Glibc
import Secrets
import SystemPackage

extension Terminal {
    /// A line that may be seen.
    func readText() throws(PromptError) -> String {
        var problem: PromptError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.longestLine + 2) { room, count in
            do throws(PromptError) {
                count = try unsafe readLine(into: UnsafeMutableRawBufferPointer(room)) { () throws(PromptError) in
                    try awaitTyping()
                }
            } catch { problem = error }
        }
        if let problem { throw problem }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw PromptError(.notText) }
        return text
    }

    /// A line that does not show, straight into guarded memory. The terminal is as before when this returns or throws,
    /// and when a signal ends the process meanwhile.
    func readSecret(_ label: String) throws(PromptError) -> Secret {
        guard Self.isTerminal(input) else { throw PromptError(.noTerminal) }
        guard linux_hide_typing(input.rawValue) == 0 else { throw PromptError(.failed(Errno(rawValue: errno))) }
        defer { _ = linux_show_typing() }
        // Only now, so that whoever sees the question can type without being seen.
        try write("\(label): ")
        return try Secret(capacity: Self.longestLine + 2) { out throws(PromptError) in
            try unsafe out.withUnsafeMutableBytes { room, used throws(PromptError) in
                used = try unsafe readLine(into: room) { () throws(PromptError) in try awaitTyping(label) }
            }
        }
    }

    /// Returns when there is something to read; throws when the task that asks is cancelled, as by a signal while a
    /// server is being talked to.
    private func awaitTyping() throws(PromptError) {
        var typed = pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&typed, 1, 100) == 0 || typed.revents == 0 {
            if Task.isCancelled { throw PromptError(.interrupted(signal: SIGINT)) }
        }
    }

    private func awaitTyping(_ label: String) throws(PromptError) {
        while linux_await_typing() != 0 {
            let reason = Errno(rawValue: errno)
            guard reason == .interrupted else { throw PromptError(.failed(reason)) }
            switch linux_signal_while_typing() {
            case 0: continue
            // Stopped and continued: the question may have scrolled away, and what was typed is gone.
            case SIGTSTP: try write("\(label): ")
            case let signal: throw PromptError(.interrupted(signal: signal))
            }
        }
    }
}
